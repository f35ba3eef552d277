/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.OwnedLifetime;

import static org.awaitility.Awaitility.await;

/**
 * Threads that ask a limiter for permits and wait for them.
 */
final class Callers implements AutoCloseable {

	private final Limiter limiter;

	private final List<Caller> all = new CopyOnWriteArrayList<>();

	Callers(Limiter limiter) {
		this.limiter = limiter;
	}

	Caller queue(Lane lane) {
		return queue(lane, new OwnedLifetime(Deadline.none()));
	}

	/** Starts a thread that asks, and returns as soon as it waits. */
	Caller queue(Lane lane, Lifetime lifetime) {
		int before = this.limiter.queued();
		FutureTask<Admission> answer = new FutureTask<>(() -> this.limiter.admit(lane, lifetime));
		Thread thread = new Thread(answer, "caller");
		thread.setDaemon(true);
		Caller caller = new Caller(thread, answer);
		this.all.add(caller);
		thread.start();
		soon(() -> answer.isDone() || this.limiter.queued() > before);
		return caller;
	}

	static void soon(Callable<Boolean> condition) {
		await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(condition);
	}

	@Override
	public void close() {
		this.all.forEach((caller) -> caller.thread.interrupt());
	}

	/**
	 * A thread that asked.
	 *
	 * @param thread the thread
	 * @param future its answer
	 */
	record Caller(Thread thread, FutureTask<Admission> future) {

		boolean isWaiting() {
			return !this.future.isDone();
		}

		Admission answer() throws InterruptedException, ExecutionException, TimeoutException {
			return this.future.get(10, TimeUnit.SECONDS);
		}

	}

}
