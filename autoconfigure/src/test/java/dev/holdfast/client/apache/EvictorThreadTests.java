/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.holdfast.client.HttpClients;
import dev.holdfast.client.Pools;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One thread looks after all pools of an application, however many clients it has.
 */
@Tag("B3")
class EvictorThreadTests {

	/** What the application starts is in the group of its thread. */
	private final ThreadGroup group = new ThreadGroup("application");

	@Test
	void allPoolsShareOneThread() throws Exception {
		try (Peer first = Peer.answering(Peer.OK);
				Peer second = Peer.answering(Peer.OK);
				Bounded app = started("holdfast.client.idle-connection-timeout=100ms")) {
			HttpClients clients = app.bean(HttpClients.class);
			call(clients, "first", first);
			call(clients, "second", second);
			assertThat(app.bean(Pools.class).all()).hasSize(2);
			assertThat(evictors()).containsExactly(new Keepers(app).evictorThread());
			Awaitility.await().untilAsserted(() -> {
				LockSupport.unpark(evictors().get(0));
				assertThat(first.openConnections()).isZero();
				assertThat(second.openConnections()).isZero();
			});
		}
	}

	private Bounded started(String... properties) throws Exception {
		FutureTask<Bounded> started = new FutureTask<>(() -> Bounded.with(properties));
		new Thread(this.group, started, "application").start();
		return started.get(20, TimeUnit.SECONDS);
	}

	private static void call(HttpClients clients, String name, Peer peer) {
		clients.builder(name).build().get().uri(peer.url()).retrieve().toBodilessEntity();
	}

	// HttpClient's own is called "idle-connection-evictor"
	private List<Thread> evictors() {
		Thread[] threads = new Thread[1000];
		this.group.enumerate(threads);
		return Arrays.stream(threads)
			.filter(Objects::nonNull)
			.filter((thread) -> thread.getName().contains("evictor"))
			.toList();
	}

}
