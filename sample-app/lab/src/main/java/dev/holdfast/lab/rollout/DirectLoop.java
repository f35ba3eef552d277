/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Open-loop traffic of a client that chooses the instance itself.
 *
 * @param front what it knows of the instances
 * @param caller its pool
 * @param path what is asked for
 * @param perSecond how often
 */
record DirectLoop(DirectFront front, Caller caller, String path, double perSecond) implements Stretch {

	@Override
	public Counts send(Duration length) throws InterruptedException {
		Map<String, Long> failures = new ConcurrentHashMap<>();
		long requests = Math.round(this.perSecond * length.toMillis() / 1000.0);
		ExecutorService threads = Executors.newCachedThreadPool((task) -> {
			Thread thread = new Thread(task, "direct");
			thread.setDaemon(true);
			return thread;
		});
		try {
			long begin = System.nanoTime();
			for (long i = 0; i < requests; i++) {
				long due = begin + (long) (i * 1e9 / this.perSecond);
				for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
					LockSupport.parkNanos(left);
				}
				threads.execute(() -> {
					String failure = call();
					if (!failure.isEmpty()) {
						failures.merge(failure, 1L, Long::sum);
					}
				});
			}
			threads.shutdown();
			if (!threads.awaitTermination(OpenLoop.DEADLINE.multipliedBy(3).toMillis(), TimeUnit.MILLISECONDS)) {
				failures.merge("without end", 1L, Long::sum);
			}
			return new Counts(requests, failures);
		}
		finally {
			threads.shutdownNow();
		}
	}

	private String call() {
		try {
			int status = this.caller.get(this.front.next(), this.path, OpenLoop.DEADLINE);
			return (status / 100 == 2) ? "" : "status " + status;
		}
		catch (SocketTimeoutException ex) {
			return "late";
		}
		catch (IOException ex) {
			return ex.getClass().getSimpleName();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return "interrupted";
		}
	}

}
