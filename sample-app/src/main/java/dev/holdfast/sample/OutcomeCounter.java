/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the work of one route.
 */
final class OutcomeCounter {

	private final LongAdder started = new LongAdder();

	private final LongAdder completed = new LongAdder();

	private final LongAdder cancelled = new LongAdder();

	private final LongAdder failed = new LongAdder();

	Run start() {
		this.started.increment();
		return new Run();
	}

	/**
	 * Ends are read before starts: work that ends meanwhile shows as running, and
	 * {@code running} is never negative.
	 */
	Outcome snapshot() {
		long completed = this.completed.sum();
		long cancelled = this.cancelled.sum();
		long failed = this.failed.sum();
		long started = this.started.sum();
		return new Outcome(started, completed, cancelled, failed, started - completed - cancelled - failed);
	}

	/**
	 * One piece of work. However many threads report its end, the first one counts.
	 */
	final class Run {

		private final AtomicBoolean open = new AtomicBoolean(true);

		void completed() {
			end(OutcomeCounter.this.completed);
		}

		void cancelled() {
			end(OutcomeCounter.this.cancelled);
		}

		void threw(Throwable ex) {
			end(Cancellation.isBehind(ex) ? OutcomeCounter.this.cancelled : OutcomeCounter.this.failed);
		}

		private void end(LongAdder counter) {
			if (this.open.compareAndSet(true, false)) {
				counter.increment();
			}
		}

	}

}
