/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.holdfast.client.CallFailure;
import dev.holdfast.client.HttpClients;
import dev.holdfast.client.Pools;
import dev.holdfast.failure.FailureKind;
import dev.holdfast.report.Finding;
import dev.holdfast.report.Protection;
import dev.holdfast.report.Severity;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.util.Timeout;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

/**
 * The two threads that look after all clients survive what one client does, and it is
 * told when they have ended nevertheless.
 */
@Tag("B2")
@Tag("B3")
class KeepersTests {

	// a reference that is itself forgotten is never found
	private final List<ClientReference<LazyClient>> references = new ArrayList<>();

	@Test
	void aCallThatCannotBeCutLeavesTheOthersGuarded() throws Exception {
		try (Peer peer = silent(); Bounded app = Bounded.with("holdfast.client.header-timeout=300ms")) {
			callThatCannotBeCut(app, peer);
			CallFailure failure = Bounded.failure(catchThrowable(() -> app.get(peer.url())));
			assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
			assertThat(failure.facts().total()).isLessThan(Duration.ofMillis(800));
			assertThat(new Keepers(app).watchdogThread().isAlive()).isTrue();
			assertThat(app.findings()).doesNotContain("client-unattended");
		}
	}

	@Test
	void theEndOfTheWatchdogIsFound() throws Exception {
		try (Peer peer = silent(); Bounded app = Bounded.with("holdfast.client.header-timeout=300ms")) {
			assertThat(app.findings()).doesNotContain("client-unattended");
			try (Keepers.BrokenLog log = Keepers.breakLog(Watchdog.class)) {
				assertThat(log).isNotNull();
				callThatCannotBeCut(app, peer);
			}
			assertUnattended(app, new Keepers(app).watchdogThread());
			CallFailure failure = Bounded.failure(catchThrowable(() -> app.get(peer.url())));
			assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
			assertThat(failure.facts().total()).isBetween(Duration.ofMillis(290), Duration.ofSeconds(2));
		}
	}

	@Test
	void aSocketHasNoTimeoutOfItsOwnWhileTheWatchdogHoldsTheLimits() {
		List<Timeout> timeouts = new CopyOnWriteArrayList<>();
		try (Bounded app = Bounded.with("holdfast.client.header-timeout=3s"); Peer peer = Peer.that((exchange) -> {
			app.calls().forEach((call) -> timeouts.add(timeout(call)));
			exchange.write(Peer.OK);
		})) {
			assertThat(app.get(peer.url())).isEqualTo("ok");
			assertThat(timeouts).containsExactly(Timeout.DISABLED);
		}
	}

	@Test
	void aClientThatCannotBeRetiredLeavesTheOthersLookedAfter() {
		try (Peer peer = Peer.answering(Peer.OK); Bounded app = Bounded.with()) {
			app.get(peer.url());
			Keepers keepers = new Keepers(app);
			List<String> told = new CopyOnWriteArrayList<>();
			forget(keepers, () -> {
				told.add("planted");
				throw new IllegalStateException("planted: a client that cannot be retired");
			});
			keepers.collect(() -> assertThat(told).contains("planted"));
			forget(keepers, () -> told.add("next"));
			keepers.collect(() -> assertThat(told).containsExactly("planted", "next"));
			assertThat(app.findings()).doesNotContain("client-unattended");
		}
	}

	@Test
	void theEndOfTheEvictorIsFound() {
		try (Peer peer = Peer.answering(Peer.OK); Bounded app = Bounded.with()) {
			app.get(peer.url());
			Keepers keepers = new Keepers(app);
			try (Keepers.BrokenLog log = Keepers.breakLog(Evictor.class)) {
				assertThat(log).isNotNull();
				forget(keepers, () -> {
					throw new IllegalStateException("planted: a client that cannot be retired");
				});
				keepers.collect(() -> assertThat(keepers.evictorThread().isAlive()).isFalse());
			}
			assertUnattended(app, keepers.evictorThread());
		}
	}

	@Test
	void oneThreadLooksAfterThePoolsOfAllClients() {
		Awaitility.await().until(() -> evictors() == 0);
		try (Peer peer = Peer.answering(Peer.OK); Bounded app = Bounded.with()) {
			HttpClients clients = app.bean(HttpClients.class);
			RestClient one = RestClient.builder().requestFactory(clients.requestFactory("one")).build();
			RestClient two = RestClient.builder().requestFactory(clients.requestFactory("two")).build();
			for (RestClient client : List.of(one, two)) {
				assertThat(client.get().uri(peer.url()).retrieve().body(String.class)).isEqualTo("ok");
			}
			assertThat(app.bean(Pools.class).all()).hasSize(2);
			assertThat(evictors()).isOne();
		}
	}

	private static long evictors() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("holdfast-client-evictor"))
			.count();
	}

	@Test
	void theEndOfTheApplicationIsNoFinding() {
		Protection protection;
		List<Thread> threads;
		try (Peer peer = Peer.answering(Peer.OK); Bounded app = Bounded.with()) {
			app.get(peer.url());
			protection = app.bean(Protection.class);
			Keepers keepers = new Keepers(app);
			threads = List.of(keepers.watchdogThread(), keepers.evictorThread());
			assertThat(threads).allMatch(Thread::isAlive);
		}
		Awaitility.await().until(() -> threads.stream().noneMatch(Thread::isAlive));
		assertThat(protection.findings()).extracting(Finding::id).doesNotContain("client-unattended");
	}

	private static Timeout timeout(Call call) {
		BoundedEndpoint endpoint = Objects.requireNonNull(call.endpoint());
		return Objects.requireNonNull(endpoint.connection()).getSocketTimeout();
	}

	private static Peer silent() {
		return Peer.that((exchange) -> exchange.pause(20_000));
	}

	private static void assertUnattended(Bounded app, Thread keeper) {
		Awaitility.await().dontCatchUncaughtExceptions().until(() -> !keeper.isAlive());
		assertThat(app.bean(Protection.class).findings()).extracting(Finding::id, Finding::severity)
			.contains(tuple("client-unattended", Severity.CRITICAL));
	}

	private void forget(Keepers keepers, Runnable action) {
		ClientReference<LazyClient> reference = new ClientReference<>(keepers.evictor().collected());
		reference.onCollected(action);
		this.references.add(reference);
		reference.of(new LazyClient(() -> {
			throw new IllegalStateException("never called");
		}));
	}

	// its cancel() throws out of the cut, whose last deed ends it nevertheless
	private static void callThatCannotBeCut(Bounded app, Peer peer) throws Exception {
		HttpClient client = ((HttpComponentsClientHttpRequestFactory) app.bean(HttpClients.class).requestFactory("raw"))
			.getHttpClient();
		HttpGet request = new HttpGet(peer.url()) {

			@Override
			public boolean cancel() {
				throw new IllegalStateException("planted: a call that cannot be cut");
			}

		};
		assertThat(catchThrowable(() -> client.execute(request, (response) -> "never"))).isNotNull();
	}

}
