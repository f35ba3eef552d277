/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.leaks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Calls one after the other, while and after connections are lost: which of them are
 * served.
 */
final class CallSeries implements AutoCloseable {

	/** How a call ended that was served. */
	static final String SERVED = "ok";

	private static final Duration PAUSE = Duration.ofMillis(250);

	private final LeakyApp app;

	private final long begin = System.nanoTime();

	private final Thread thread = new Thread(this::run, "calls");

	private final List<Call> calls = new ArrayList<>();

	private volatile boolean stopped;

	private CallSeries(LeakyApp app) {
		this.app = app;
	}

	/**
	 * Begins at once.
	 * @param app whom to ask for the calls
	 * @return what has to be stopped
	 */
	static CallSeries start(LeakyApp app) {
		CallSeries series = new CallSeries(app);
		series.thread.start();
		return series;
	}

	private void run() {
		try {
			while (!this.stopped) {
				double at = seconds();
				this.calls.add(new Call(at, this.app.call()));
				LockSupport.parkNanos(PAUSE.toNanos());
			}
		}
		catch (InterruptedException ex) {
			// closed early
		}
	}

	/**
	 * Time since the first call.
	 * @return seconds
	 */
	double seconds() {
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - this.begin) / 1000.0;
	}

	/**
	 * Lets it go on for a while.
	 * @param length how long
	 */
	void goOn(Duration length) {
		long end = System.nanoTime() + length.toNanos();
		for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}

	/**
	 * Ends it with the call that is under way.
	 * @return what became of the calls
	 * @throws InterruptedException if interrupted
	 */
	Outcome stop() throws InterruptedException {
		this.stopped = true;
		LockSupport.unpark(this.thread);
		this.thread.join();
		return new Outcome(this.calls);
	}

	@Override
	public void close() {
		this.stopped = true;
		this.thread.interrupt();
	}

	/**
	 * A call.
	 *
	 * @param atSeconds when it was made, from the first
	 * @param ending {@link #SERVED}, or what it failed of
	 */
	record Call(double atSeconds, String ending) {

		boolean isServed() {
			return this.ending.equals(SERVED);
		}

	}

	/**
	 * All of them.
	 *
	 * @param calls in the order in which they were made
	 */
	record Outcome(List<Call> calls) {

		Outcome {
			calls = List.copyOf(calls);
		}

		/**
		 * Those that were made later.
		 * @param seconds later than this, from the first
		 * @return the later ones
		 */
		Outcome after(double seconds) {
			return new Outcome(this.calls.stream().filter((call) -> call.atSeconds() > seconds).toList());
		}

		long served() {
			return this.calls.stream().filter(Call::isServed).count();
		}

		long failed() {
			return this.calls.size() - served();
		}

		/**
		 * When the last call failed.
		 * @return seconds, from the first call; -1 if none has failed
		 */
		double lastFailure() {
			return this.calls.stream().filter((call) -> !call.isServed()).mapToDouble(Call::atSeconds).max().orElse(-1);
		}

		boolean allFailed() {
			return !this.calls.isEmpty() && served() == 0;
		}

		boolean allServed() {
			return !this.calls.isEmpty() && failed() == 0;
		}

		@Override
		public String toString() {
			return this.calls.size() + " calls, " + this.calls.stream()
				.collect(Collectors.groupingBy(Call::ending, TreeMap::new, Collectors.counting()));
		}

	}

}
