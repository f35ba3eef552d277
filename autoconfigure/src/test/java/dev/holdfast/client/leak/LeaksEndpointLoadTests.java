/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.holdfast.concurrency.Race;
import dev.holdfast.leak.Lease;
import dev.holdfast.socket.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.endpoint.SecurityContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many who look at very much, while it changes.
 */
@Tag("G4")
class LeaksEndpointLoadTests {

	private static final int LEASES = 10_000;

	private static final int READERS = 16;

	private static final int WARM_UP = 100;

	private static final long LIMIT_MILLIS = 200;

	private final CountDownLatch over = new CountDownLatch(1);

	@AfterEach
	void end() {
		this.over.countDown();
	}

	@Test
	void sixteenReadersOfTenThousandSuspectsAreAnswered() throws Exception {
		KnownLeaks leaks = new KnownLeaks(Sockets.ofThisMachine(), leases());
		assertThat(leaks.detector().suspects()).hasSize(LEASES);
		LeaksEndpoint endpoint = leaks.endpoint(Audience.ALWAYS, Audience.ALWAYS);
		JsonMapper mapper = JsonMapper.builder().build();
		ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
		LeakWatch watch = new LeakWatch(KnownLeaks.SETTINGS.suspectAfter(), leaks.detector()::look);
		for (int i = 0; i < WARM_UP; i++) {
			answer(endpoint, mapper);
		}

		watch.start();
		Race.of(READERS).during(Duration.ofSeconds(3), (thread) -> {
			long begin = System.nanoTime();
			answer(endpoint, mapper);
			nanos.add(System.nanoTime() - begin);
		});
		watch.stop();

		List<Long> sorted = nanos.stream().sorted().toList();
		assertThat(sorted).hasSizeGreaterThan(READERS);
		long median = TimeUnit.NANOSECONDS.toMillis(sorted.get(sorted.size() / 2));
		long worst = TimeUnit.NANOSECONDS.toMillis(sorted.get(sorted.size() - 1));
		assertThat(median)
			.as("median in ms of %d answers to %d readers; the worst took %d ms", sorted.size(), READERS, worst)
			.isLessThanOrEqualTo(LIMIT_MILLIS);
	}

	private static void answer(LeaksEndpoint endpoint, JsonMapper mapper) {
		LeaksDescriptor answer = endpoint.leaks(SecurityContext.NONE);
		assertThat(answer.totals().suspected()).isEqualTo(Map.of("abandoned", (long) LEASES));
		assertThat(answer.suspects()).hasSize(100).filteredOn((suspect) -> suspect.stack() != null).isNotEmpty();
		assertThat(mapper.writeValueAsString(answer)).contains("\"suspects\":[{");
	}

	// two hundred threads that wait have them all
	private Lease[] leases() {
		List<Thread> owners = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			Thread owner = new Thread(this::await, "owner-" + i);
			owner.setDaemon(true);
			owner.start();
			owners.add(owner);
		}
		List<Lease> leases = new ArrayList<>();
		for (int i = 0; i < LEASES; i++) {
			leases.add(KnownLease.abandoned("quotes-" + i % 10, i).of(owners.get(i % owners.size())));
		}
		return leases.toArray(Lease[]::new);
	}

	private void await() {
		try {
			this.over.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
