/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.holdfast.client.HttpClients;
import dev.holdfast.client.Pools;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that nobody has any more leaves nothing behind, and takes nothing with it.
 */
@Tag("B3")
class ForgottenTests {

	@Test
	void aForgottenClientLeavesNothingBehind() {
		try (Peer peer = Peer.answering(Peer.OK); Bounded app = Bounded.with()) {
			MeterRegistry meters = app.meters();
			callAndForget(app, peer);
			assertThat(names(app)).containsExactly("default");
			assertThat(clients(meters)).containsExactly("default");
			assertThat(peer.openConnections()).isOne();
			new Keepers(app).collect(() -> assertThat(names(app)).isEmpty());
			// a pool leaves the list before its meters go
			Awaitility.await().untilAsserted(() -> assertThat(clients(meters)).isEmpty());
			Awaitility.await().until(() -> peer.openConnections() == 0);
			callAndForget(app, peer);
			assertThat(names(app)).containsExactly("default");
			assertThat(clients(meters)).containsExactly("default");
		}
	}

	@Test
	void aClientThatSomebodyHasStays() {
		try (Peer peer = Peer.answering(Peer.OK); Bounded app = Bounded.with()) {
			RestClient client = app.client();
			call(client, peer);
			callAndForget(app, peer, "other");
			new Keepers(app).collect(() -> assertThat(names(app)).containsExactly("default"));
			call(client, peer);
			assertThat(peer.connections()).isEqualTo(2);
		}
	}

	@Test
	void aBodyThatIsBeingReadKeepsThePool() throws IOException {
		CountDownLatch more = new CountDownLatch(1);
		try (Peer peer = halting(more); Bounded app = Bounded.with()) {
			InputStream body = openAndForget(app, peer);
			assertThat(body.read()).isEqualTo('o');
			callAndForget(app, peer, "other");
			new Keepers(app).collect(() -> assertThat(names(app)).doesNotContain("other"));
			assertThat(names(app)).containsExactly("default");
			more.countDown();
			assertThat(new String(body.readAllBytes(), StandardCharsets.US_ASCII)).isEqualTo("k");
			body.close();
			new Keepers(app).collect(() -> assertThat(names(app)).isEmpty());
			Awaitility.await().until(() -> peer.openConnections() == 0);
		}
	}

	@Test
	void aClientThatComesMeanwhileKeepsItsNameAndMeters() throws IOException {
		CountDownLatch more = new CountDownLatch(1);
		try (Peer peer = halting(more); Bounded app = Bounded.with()) {
			MeterRegistry meters = app.meters();
			InputStream body = openAndForget(app, peer);
			assertThat(body.read()).isEqualTo('o');
			callAndForget(app, peer, "other");
			new Keepers(app).collect(() -> assertThat(names(app)).containsExactly("default"));
			RestClient next = app.client();
			call(next, peer);
			assertThat(names(app)).containsExactly("default", "default-2");
			more.countDown();
			body.close();
			new Keepers(app).collect(() -> assertThat(names(app)).containsExactly("default-2"));
			Awaitility.await().untilAsserted(() -> assertThat(clients(meters)).containsExactly("default-2"));
			call(next, peer);
		}
	}

	private static Peer halting(CountDownLatch more) {
		return Peer.that((exchange) -> {
			boolean first = exchange.number() == 1;
			exchange.write(first ? Peer.OK.substring(0, Peer.OK.length() - 1) : Peer.OK);
			if (first) {
				await(more);
				exchange.write("k");
			}
		});
	}

	private static void await(CountDownLatch latch) {
		try {
			assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void callAndForget(Bounded app, Peer peer) {
		call(app.bean(RestClient.Builder.class).build(), peer);
	}

	private static void callAndForget(Bounded app, Peer peer, String name) {
		call(app.bean(HttpClients.class).builder(name).build(), peer);
	}

	private static InputStream openAndForget(Bounded app, Peer peer) {
		return Objects.requireNonNull(app.bean(RestClient.Builder.class)
			.build()
			.get()
			.uri(peer.url())
			.exchange((request, response) -> response.getBody(), false));
	}

	private static void call(RestClient client, Peer peer) {
		assertThat(client.get().uri(peer.url()).retrieve().body(String.class)).isEqualTo("ok");
	}

	private static List<String> names(Bounded app) {
		return app.bean(Pools.class).all().stream().map((pool) -> pool.stats().client()).toList();
	}

	private static List<String> clients(MeterRegistry meters) {
		return meters.getMeters()
			.stream()
			.map((meter) -> Objects.requireNonNull(meter.getId().getTag("client")))
			.distinct()
			.toList();
	}

}
