/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;

import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.Ticker;

/**
 * Threads that do the same over and over.
 */
public final class Race {

	private static final int PATIENCE_SECONDS = 20;

	private final int threads;

	private final ThreadFactory factory;

	private Race(int threads, ThreadFactory factory) {
		this.threads = threads;
		this.factory = factory;
	}

	public static Race of(int threads) {
		return of(threads, (task) -> {
			Thread thread = new Thread(task, "race");
			thread.setDaemon(true);
			return thread;
		});
	}

	static Race of(int threads, ThreadFactory factory) {
		return new Race(threads, factory);
	}

	/** Returns when every thread is done, or fails with what one of them failed with. */
	public void during(Duration time, IntConsumer lap)
			throws InterruptedException, ExecutionException, TimeoutException {
		Deadline end = Deadline.after(time, Ticker.system());
		List<FutureTask<?>> running = new ArrayList<>();
		for (int index = 0; index < this.threads; index++) {
			int mine = index;
			FutureTask<?> task = new FutureTask<>(() -> {
				while (!end.hasPassed()) {
					lap.accept(mine);
				}
			}, null);
			running.add(task);
			this.factory.newThread(task).start();
		}
		for (FutureTask<?> task : running) {
			task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
		}
	}

}
