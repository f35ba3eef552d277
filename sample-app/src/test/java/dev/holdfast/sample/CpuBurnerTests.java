/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CpuBurnerTests {

	private final CpuBurner cpu = new CpuBurner();

	@Test
	void burnsTheSameWhenManyThreadsCompete() {
		int competitors = 4 * Runtime.getRuntime().availableProcessors();
		ExecutorService threads = Executors.newFixedThreadPool(competitors);
		try {
			List<CompletableFuture<Double>> burned = IntStream.range(0, competitors)
				.mapToObj((index) -> CompletableFuture.supplyAsync(this::burn, threads))
				.toList();
			// wide bounds: cores that share a socket or a host run at uneven speed
			assertThat(burned).allSatisfy((millis) -> assertThat(millis.join()).isBetween(40.0, 300.0));
		}
		finally {
			threads.shutdownNow();
		}
	}

	private double burn() {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		long before = threads.getCurrentThreadCpuTime();
		this.cpu.burn(new Millis(100));
		return (threads.getCurrentThreadCpuTime() - before) / 1_000_000.0;
	}

}
