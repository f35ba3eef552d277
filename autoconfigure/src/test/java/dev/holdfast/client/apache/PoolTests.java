/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

import dev.holdfast.client.Pool;
import dev.holdfast.client.Pools;
import dev.holdfast.lifetime.CurrentLifetime;
import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.OwnedLifetime;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.StrictConnPool;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * How long a connection lives, and why it is closed.
 */
@Tag("B3")
class PoolTests {

	@Test
	@Tag("B4")
	void aPeerHasOnePoolWhateverItsNameLooksLike() {
		try (Peer peer = Peer.answering(Peer.OK); Bounded app = Bounded.with()) {
			String path = ":" + peer.port() + "/";
			app.get("http://localhost" + path);
			app.get("http://LOCALHOST" + path);
			app.get("http://localhost." + path);
			app.client().get().uri("http://localhost" + path).header("Host", "localhost").retrieve().toBodilessEntity();
			app.client().get().uri("http://localhost" + path).header("Host", "shop.test").retrieve().toBodilessEntity();
			assertThat(peer.connections()).isOne();
			assertThat(app.pool().connectionsByTarget()).containsOnlyKeys("http://localhost" + ":" + peer.port());
		}
	}

	@Test
	@Tag("B8")
	void theHostHeaderIsWhatWasAskedFor() {
		try (Peer peer = Peer.answering(Peer.OK); Bounded app = Bounded.with()) {
			app.get("http://localhost:" + peer.port() + "/a?b=c");
			app.client().get().uri(peer.url()).header("Host", "shop.test").retrieve().toBodilessEntity();
			assertThat(peer.requests().get(0)).startsWith("GET /a?b=c HTTP/1.1\r\n")
				.containsOnlyOnce("Host: localhost:" + peer.port() + "\r\n");
			assertThat(peer.requests().get(1)).containsOnlyOnce("Host: shop.test\r\n").containsOnlyOnce("Host:");
		}
	}

	@Test
	void aConnectionServesSoManyRequestsAndNoMore() {
		try (Peer peer = Peer.answering(Peer.OK);
				Bounded app = Bounded.with("holdfast.client.max-requests-per-connection=3")) {
			for (int i = 0; i < 7; i++) {
				app.get(peer.url());
			}
			assertThat(peer.connections()).isEqualTo(3);
			assertThat(app.closed()).containsExactly(Map.entry("max-requests", 2L));
			Awaitility.await().until(() -> peer.openConnections() == 1);
		}
	}

	@Test
	@Tag("B10")
	void anIdleConnectionIsClosedWithoutAnotherCall() {
		try (Peer peer = Peer.answering(Peer.OK);
				Bounded app = Bounded.with("holdfast.client.idle-connection-timeout=100ms")) {
			app.get(peer.url());
			Awaitility.await().until(() -> peer.openConnections() == 0);
			Awaitility.await().untilAsserted(() -> assertThat(app.closed()).containsExactly(Map.entry("expired", 1L)));
		}
	}

	@Test
	void anOldConnectionIsUsedNoMore() {
		try (Peer peer = Peer.answering(Peer.OK);
				Bounded app = Bounded.with("holdfast.client.max-connection-age=300ms",
						"holdfast.client.max-requests-per-connection=1000000")) {
			long start = System.nanoTime();
			while (System.nanoTime() - start < Duration.ofMillis(1200).toNanos()) {
				app.get(peer.url());
			}
			assertThat(peer.connections()).isBetween(3, 6);
			assertThat(app.closed()).containsOnlyKeys("expired");
		}
	}

	@Test
	void aPeerThatClosesIsTakenAtItsWord() {
		try (Peer peer = Peer.answering(Peer.OK.replace("Content-Length", "Connection: close\r\nContent-Length"));
				Bounded app = Bounded.with()) {
			app.get(peer.url());
			app.get(peer.url());
			assertThat(peer.connections()).isEqualTo(2);
			assertThat(app.closed()).containsExactly(Map.entry("not-reusable", 2L));
		}
	}

	@Test
	void aConnectionThatWasCutIsCountedAsAborted() {
		try (Peer peer = Peer.that((exchange) -> exchange.pause(20_000));
				Bounded app = Bounded.with("holdfast.client.header-timeout=100ms")) {
			assertThat(catchThrowable(() -> app.get(peer.url()))).isNotNull();
			// whoever cuts a call counts its connection a moment after the caller knows
			Awaitility.await().untilAsserted(() -> assertThat(app.closed()).containsExactly(Map.entry("aborted", 1L)));
		}
	}

	@Test
	void aConnectionThatBrokeIsCountedAsFailed() {
		try (Peer peer = Peer.that(Peer.Exchange::reset);
				Bounded app = Bounded.with("holdfast.client.retry.mode=off")) {
			assertThat(catchThrowable(() -> app.get(peer.url()))).isNotNull();
			assertThat(app.closed()).containsExactly(Map.entry("failed", 1L));
		}
	}

	@Test
	@Tag("A2")
	void aConnectionWithALongRestIsCountedAsUndrained() throws IOException {
		try (Peer peer = Peer.answering("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n" + "x".repeat(200_000));
				Bounded app = Bounded.with()) {
			InputStream body = Objects
				.requireNonNull(app.client().get().uri(peer.url()).retrieve().body(InputStream.class));
			body.close();
			assertThat(app.closed()).containsExactly(Map.entry("undrained", 1L));
		}
	}

	@Test
	void buildersShareAPoolUnlessTheyDiffer() {
		try (Peer peer = Peer.answering(Peer.OK); Bounded app = Bounded.with()) {
			app.get(peer.url());
			app.get(peer.url());
			RestTemplateBuilder templates = app.bean(RestTemplateBuilder.class);
			assertThat(templates.build().getForObject(peer.url(), String.class)).isEqualTo("ok");
			assertThat(app.bean(Pools.class).all()).hasSize(1);
			assertThat(peer.connections()).isOne();
			templates.readTimeout(Duration.ofSeconds(7)).build().getForObject(peer.url(), String.class);
			assertThat(app.bean(Pools.class).all()).hasSize(2)
				.last()
				.satisfies((pool) -> assertThat(pool.settings().limits().header()).hasSeconds(7));
			assertThat(app.bean(Pools.class).all()).extracting((pool) -> pool.stats().client())
				.containsExactly("default", "default-2");
		}
	}

	@Test
	void aPoolThatIsCreatedInARequestIsReported() {
		try (Peer peer = Peer.answering(Peer.OK); Bounded app = Bounded.with()) {
			Lifetime before = CurrentLifetime.replace(new OwnedLifetime(Deadline.none()));
			try {
				app.get(peer.url());
			}
			finally {
				CurrentLifetime.replace(before);
			}
			assertThat(app.pool().createdInRequest()).isTrue();
			assertThat(app.findings()).contains("client-created-in-request");
		}
	}

	@Test
	void thePoolThatHandsOutOthersConnectionsIsRefused() {
		try (Peer peer = Peer.answering(Peer.OK);
				Bounded app = Bounded.customized((builder) -> builder.withConnectionManagerCustomizer(
						(manager) -> manager.setPoolConcurrencyPolicy(PoolConcurrencyPolicy.OFFLOCK)))) {
			app.get(peer.url());
			Object manager = Objects.requireNonNull(ReflectionTestUtils.getField(app.pool(), "manager"));
			assertThat(ReflectionTestUtils.getField(manager, "pool")).isInstanceOf(StrictConnPool.class);
			assertThat(app.findings()).contains("client-offlock-pool");
		}
	}

	@Test
	void aManagerOfTheApplicationIsKeptAndReported() {
		PoolingHttpClientConnectionManager own = new PoolingHttpClientConnectionManager();
		try (Peer peer = Peer.answering(Peer.OK);
				Bounded app = Bounded.customized(
						(builder) -> builder.withHttpClientCustomizer((client) -> client.setConnectionManager(own)))) {
			app.get(peer.url());
			assertThat(own.getTotalStats().getAvailable()).isOne();
			assertThat(app.bean(Pools.class).all()).isEmpty();
			assertThat(app.findings()).contains("client-own-manager");
		}
	}

	@Test
	void theSizesOfTheApplicationAreKept() {
		try (Peer peer = Peer.answering(Peer.OK);
				Bounded app = Bounded.customized((builder) -> builder
					.withConnectionManagerCustomizer((manager) -> manager.setMaxConnPerRoute(3).setMaxConnTotal(7)))) {
			app.get(peer.url());
			assertThat(app.pool().max()).isEqualTo(new Pool.Max(3, 7));
		}
	}

	@Test
	void withTheContextAllConnectionsAndThreadsEnd() {
		try (Peer peer = Peer.answering(Peer.OK)) {
			RestClient client;
			try (Bounded app = Bounded.with()) {
				client = app.client();
				app.get("http://localhost:" + peer.port() + "/");
				assertThat(threads()).isPositive();
			}
			Awaitility.await().until(() -> peer.openConnections() == 0);
			Awaitility.await().until(() -> threads() == 0);
			assertThat(catchThrowable(() -> client.get().uri(peer.url()).retrieve().toBodilessEntity())).isNotNull();
			assertThat(threads()).isZero();
			assertThat(peer.openConnections()).isZero();
		}
	}

	@Test
	void aClientThatIsBuiltAfterTheEndOpensNothing() {
		try (Peer peer = Peer.answering(Peer.OK)) {
			RestClient client;
			try (Bounded app = Bounded.with()) {
				client = app.client();
			}
			assertThat(catchThrowable(() -> client.get().uri(peer.url()).retrieve().toBodilessEntity()))
				.isInstanceOf(IllegalStateException.class);
			assertThat(peer.connections()).isZero();
		}
	}

	private static long threads() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().startsWith("holdfast-client-"))
			.count();
	}

}
