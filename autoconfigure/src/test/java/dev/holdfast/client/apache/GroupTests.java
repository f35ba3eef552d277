/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.List;

import dev.holdfast.client.CallLimits;
import dev.holdfast.client.HttpClients;
import dev.holdfast.client.Pool;
import dev.holdfast.client.Pools;
import dev.holdfast.concurrency.CurrentPriority;
import dev.holdfast.concurrency.Priority;
import dev.holdfast.report.Protection;
import dev.holdfast.report.Severity;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.restclient.autoconfigure.service.HttpServiceClientAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.registry.ImportHttpServices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Clients with names, and settings of their own.
 */
@Tag("B1")
class GroupTests {

	@Test
	void aNamedClientHasAPoolAndSettingsOfItsOwn() {
		try (Peer peer = Peer.answering(Peer.OK);
				Bounded app = Bounded.with("holdfast.client.header-timeout=9s",
						"holdfast.client.groups.stock.header-timeout=3s",
						"holdfast.client.groups.stock.max-connections-per-route=7")) {
			app.get(peer.url());
			HttpClients clients = app.bean(HttpClients.class);
			clients.builder("stock").build().get().uri(peer.url()).retrieve().toBodilessEntity();
			clients.builder("stock").build().get().uri(peer.url()).retrieve().toBodilessEntity();
			assertThat(app.bean(Pools.class).all()).extracting((pool) -> pool.stats().client())
				.containsExactly("default", "stock");
			Pool stock = pool(app, "stock");
			assertThat(stock.settings().limits().header()).hasSeconds(3);
			assertThat(stock.max().perRoute()).isEqualTo(7);
			assertThat(pool(app, "default").settings().limits().header()).hasSeconds(9);
			assertThat(peer.connections()).isEqualTo(2);
		}
	}

	@Test
	void anHttpServiceGroupHasThePoolOfItsName() {
		try (Peer peer = Peer.answering(Peer.OK);
				Bounded app = Bounded.with(List.of(Services.class),
						"spring.http.serviceclient.stock.base-url=" + peer.url(),
						"spring.http.serviceclient.stock.read-timeout=4s",
						"holdfast.client.groups.stock.lease-timeout=3s")) {
			assertThat(app.bean(StockService.class).level()).isEqualTo("ok");
			Pool stock = pool(app, "stock");
			assertThat(stock.settings().limits().header()).hasSeconds(4);
			assertThat(stock.settings().limits().idle()).hasSeconds(4);
			assertThat(stock.settings().limits().lease()).hasSeconds(3);
			assertThat(app.bean(Pools.class).all()).hasSize(1);
			app.bean(HttpClients.class).builder("stock").build().get().uri(peer.url()).retrieve().toBodilessEntity();
			assertThat(app.bean(Pools.class).all()).hasSize(1);
			assertThat(peer.connections()).isOne();
		}
	}

	@Test
	@Tag("B2")
	void whatBootsKeysOfAGroupSayGoesBeforeOursOfTheSameGroupAndThatIsSaid() {
		try (Peer peer = Peer.answering(Peer.OK);
				Bounded app = Bounded.with(List.of(Services.class),
						"spring.http.serviceclient.stock.base-url=" + peer.url(),
						"spring.http.serviceclient.stock.read-timeout=4s",
						"spring.http.serviceclient.stock.connect-timeout=2s",
						"holdfast.client.groups.stock.header-timeout=3s",
						"holdfast.client.groups.stock.connect-timeout=2s",
						"holdfast.client.groups.stock.lease-timeout=1s")) {
			assertThat(app.bean(StockService.class).level()).isEqualTo("ok");
			CallLimits limits = pool(app, "stock").settings().limits();
			assertThat(limits.header()).hasSeconds(4);
			assertThat(limits.idle()).hasSeconds(4);
			assertThat(limits.connect()).hasSeconds(2);
			assertThat(limits.lease()).hasSeconds(1);
			assertThat(app.bean(Protection.class).findings()).filteredOn("id", "client-group-set-twice")
				.singleElement()
				.satisfies((finding) -> {
					assertThat(finding.severity()).isEqualTo(Severity.WARNING);
					assertThat(finding.message())
						.isEqualTo("holdfast.client.groups.stock.header-timeout=3000ms is not in force: "
								+ "spring.http.serviceclient.stock.read-timeout=4000ms wins.");
				});
		}
	}

	@Test
	@Tag("B2")
	void oursOfAGroupGoesBeforeBootsForAllClients() {
		try (Peer peer = Peer.answering(Peer.OK);
				Bounded app = Bounded.with("spring.http.clients.read-timeout=4s",
						"spring.http.clients.connect-timeout=4s", "holdfast.client.groups.stock.header-timeout=3s",
						"spring.http.serviceclient.other.read-timeout=1s")) {
			app.bean(HttpClients.class).builder("stock").build().get().uri(peer.url()).retrieve().toBodilessEntity();
			CallLimits limits = pool(app, "stock").settings().limits();
			assertThat(limits.header()).hasSeconds(3);
			assertThat(limits.idle()).hasSeconds(4);
			assertThat(limits.connect()).hasSeconds(4);
			assertThat(app.findings()).doesNotContain("client-group-set-twice");
		}
	}

	@Test
	@Tag("B2")
	void theServiceGroupWithoutANameSaysNothingAboutOtherClients() {
		try (Peer peer = Peer.answering(Peer.OK);
				Bounded app = Bounded.with("spring.http.clients.read-timeout=4s",
						"spring.http.serviceclient.default.read-timeout=1s",
						"holdfast.client.groups.default.idle-timeout=3s")) {
			app.get(peer.url());
			assertThat(pool(app, "default").settings().limits().header()).hasSeconds(4);
			assertThat(pool(app, "default").settings().limits().idle()).hasSeconds(3);
		}
	}

	@Test
	@Tag("B2")
	void aTimeOutOfBootsThatIsNoneStopsTheStartWithItsKey() {
		assertThatException()
			.isThrownBy(() -> Bounded.with("spring.http.serviceclient.stock.read-timeout=0s",
					"holdfast.client.groups.stock.lease-timeout=1s"))
			.havingRootCause()
			.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
					(ex) -> assertThat(ex.getName()).isEqualTo("spring.http.serviceclient.stock.read-timeout"));
	}

	@Test
	@Tag("B2")
	void oneOfOursThatIsWrongStopsTheStartAlsoWhereBootsGoesBeforeIt() {
		assertThatException()
			.isThrownBy(() -> Bounded.with("spring.http.serviceclient.stock.read-timeout=4s",
					"holdfast.client.groups.stock.header-timeout=0s"))
			.havingRootCause()
			.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
					(ex) -> assertThat(ex.getName()).isEqualTo("holdfast.client.groups.stock.header-timeout"));
	}

	@Test
	@Tag("B8")
	void thePriorityIsPassedOnWhereThatIsWanted() {
		try (Peer peer = Peer.answering(Peer.OK);
				Bounded app = Bounded.with("holdfast.client.groups.stock.priority-header=true")) {
			HttpClients clients = app.bean(HttpClients.class);
			CurrentPriority.set(Priority.BULK);
			try {
				clients.builder("stock").build().get().uri(peer.url()).retrieve().toBodilessEntity();
				clients.builder("other").build().get().uri(peer.url()).retrieve().toBodilessEntity();
				clients.builder("stock")
					.build()
					.get()
					.uri(peer.url())
					.header("Priority", "u=0")
					.retrieve()
					.toBodilessEntity();
			}
			finally {
				CurrentPriority.set(null);
			}
			clients.builder("stock").build().get().uri(peer.url()).retrieve().toBodilessEntity();
			assertThat(peer.requests().get(0)).contains("Priority: u=7\r\n");
			assertThat(peer.requests().get(1)).doesNotContain("Priority");
			assertThat(peer.requests().get(2)).contains("Priority: u=0\r\n").containsOnlyOnce("Priority");
			assertThat(peer.requests().get(3)).doesNotContain("Priority");
		}
	}

	private static Pool pool(Bounded app, String name) {
		return app.bean(Pools.class)
			.all()
			.stream()
			.filter((pool) -> pool.stats().client().equals(name))
			.findFirst()
			.orElseThrow();
	}

	/**
	 * A group of services.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(HttpServiceClientAutoConfiguration.class)
	@ImportHttpServices(group = "stock", types = StockService.class)
	static class Services {

	}

	/**
	 * A service.
	 */
	interface StockService {

		@GetExchange("/")
		String level();

	}

}
