/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.holdfast.lifetime.CurrentLifetime;
import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.EndReason;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.OwnedLifetime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.task.AsyncTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pooled threads that work for one request after the other: each task sees its own
 * lifetime and never the one of the task before.
 */
@Tag("A7")
class LifetimeSoakTests {

	private static final int TASKS = 100_000;

	private final AtomicInteger right = new AtomicInteger();

	private final AtomicInteger wrong = new AtomicInteger();

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void nothingStaysForTheNextTask(boolean carrying) {
		TaskContexts.ours()
			.withPropertyValues("spring.task.execution.pool.queue-capacity=" + TASKS,
					"holdfast.executor.propagate-lifetime=" + carrying)
			.run((context) -> {
				AsyncTaskExecutor executor = context.getBean(AsyncTaskExecutor.class);
				List<Future<?>> futures = new ArrayList<>(TASKS);
				for (int index = 0; index < TASKS; index++) {
					futures.add(handOver(executor, index, carrying));
				}
				for (Future<?> future : futures) {
					await(future);
				}
				assertThat(this.wrong).hasValue(0);
				long cancelled = futures.stream().filter(Future::isCancelled).count();
				assertThat(this.right.get() + cancelled).isEqualTo(TASKS);
			});
		assertThat(Lifetime.current()).isNotInstanceOf(OwnedLifetime.class);
	}

	private static void await(Future<?> future) throws Exception {
		try {
			future.get(30, TimeUnit.SECONDS);
		}
		catch (CancellationException ex) {
			// its request had ended before its turn
		}
	}

	private Future<?> handOver(AsyncTaskExecutor executor, int index, boolean carrying) {
		if (index % 3 == 0) {
			return executor.submit(() -> see(null));
		}
		OwnedLifetime lifetime = new OwnedLifetime(Deadline.none());
		Lifetime before = CurrentLifetime.replace(lifetime);
		try {
			Runnable task = () -> see(carrying ? lifetime : null);
			return (index % 3 == 1) ? executor.submit(task) : CompletableFuture.runAsync(task, executor);
		}
		finally {
			CurrentLifetime.replace(before);
			if (index % 4 == 0) {
				lifetime.end(EndReason.CLIENT_GONE);
			}
			else {
				lifetime.complete();
			}
		}
	}

	private void see(@Nullable Lifetime expected) {
		Lifetime found = Lifetime.current();
		boolean same = (expected != null) ? found == expected : !(found instanceof OwnedLifetime);
		(same ? this.right : this.wrong).incrementAndGet();
	}

}
