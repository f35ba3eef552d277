/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.Histogram;

/**
 * Asks what an orchestrator asks: a health path on the application's port, every 100 ms
 * on a fresh connection, answered within 250 ms or not.
 */
public final class Probe implements AutoCloseable {

	private static final Duration INTERVAL = Duration.ofMillis(100);

	private static final Duration LIMIT = Duration.ofMillis(250);

	private final int port;

	private final String path;

	private final Thread thread;

	private final Histogram micros = new Histogram(2);

	private final List<Double> missedAtSeconds = new ArrayList<>();

	private volatile boolean stopped;

	private Probe(int port, String path) {
		this.port = port;
		this.path = path;
		this.thread = new Thread(this::run, "probe");
	}

	public static Probe start(int port, String path) {
		Probe probe = new Probe(port, path);
		probe.thread.start();
		return probe;
	}

	private void run() {
		long start = System.nanoTime();
		long due = start;
		while (!this.stopped) {
			long begin = System.nanoTime();
			if (ask()) {
				this.micros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin));
			}
			else {
				this.missedAtSeconds.add(TimeUnit.NANOSECONDS.toMillis(begin - start) / 1000.0);
			}
			do {
				due += INTERVAL.toNanos();
			}
			while (due <= System.nanoTime());
			while (!this.stopped && due > System.nanoTime()) {
				LockSupport.parkNanos(due - System.nanoTime());
			}
		}
	}

	private boolean ask() {
		try {
			return BlockingClient.get(this.port, this.path, LIMIT) == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Ends the probing.
	 * @return what it saw
	 */
	public Outcome stop() {
		close();
		return new Outcome(this.path, this.micros.getTotalCount(), List.copyOf(this.missedAtSeconds),
				this.micros.getMaxValue() / 1000.0);
	}

	@Override
	public void close() {
		this.stopped = true;
		LockSupport.unpark(this.thread);
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * What a probe saw.
	 *
	 * @param path what it asked for
	 * @param answered answers with status 200 within the limit
	 * @param missedAtSeconds when all others were sent, from the start of the probing
	 * @param slowestMillis what the slowest of the answers within the limit took
	 */
	public record Outcome(String path, long answered, List<Double> missedAtSeconds, double slowestMillis) {

		public int failed() {
			return this.missedAtSeconds.size();
		}

		public boolean isPerfect() {
			return failed() == 0 && this.answered > 0;
		}

		public double ratio() {
			return (double) this.answered / Math.max(1, this.answered + failed());
		}

	}

}
