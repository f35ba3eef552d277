/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import dev.holdfast.lifetime.CurrentLifetime;
import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.EndReason;
import dev.holdfast.lifetime.LateTask;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.lifetime.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * What happens to a task between the thread that hands it over and the thread that runs
 * it: it keeps the lifetime of the first, and it may come too late. A late future is
 * cancelled, so that whoever waits for it hears of it. A late stage of a
 * {@link CompletableFuture} runs all the same, inside a lifetime that has ended: skipped,
 * it would never complete. Anything else that is too old is skipped and counted.
 */
final class HandOver {

	private final long maxAgeNanos;

	private final boolean carrying;

	private final Ticker ticker;

	private final TaskCounts counts;

	/**
	 * Rules of a hand-over.
	 * @param maxAge longest wait, zero for any
	 * @param carrying whether the lifetime goes with the task
	 * @param ticker clock to measure with
	 * @param counts where late tasks are counted
	 */
	HandOver(Duration maxAge, boolean carrying, Ticker ticker, TaskCounts counts) {
		this.maxAgeNanos = maxAge.toNanos();
		this.carrying = carrying;
		this.ticker = ticker;
		this.counts = counts;
	}

	/**
	 * Whether tasks are touched at all.
	 * @return {@code false} if they run as they were handed over
	 */
	boolean touchesTasks() {
		return this.carrying || this.maxAgeNanos > 0;
	}

	/**
	 * Takes a task from the calling thread.
	 * @param task the task as its caller knows it
	 * @param work what is to run in its place: the task within other decorations
	 * @return what the other thread runs
	 */
	Runnable take(Runnable task, Runnable work) {
		return touchesTasks() ? new Handed(task, work) : work;
	}

	private static Lifetime over() {
		OwnedLifetime over = new OwnedLifetime(Deadline.none());
		over.end(EndReason.DEADLINE);
		return over;
	}

	/**
	 * One task on its way.
	 */
	private final class Handed implements Runnable {

		private final Runnable task;

		private final Runnable work;

		private final @Nullable Lifetime carried = HandOver.this.carrying ? Lifetime.current() : null;

		private final long sinceNanos = HandOver.this.ticker.nanos();

		Handed(Runnable task, Runnable work) {
			this.task = task;
			this.work = work;
		}

		@Override
		public void run() {
			LateReason reason = lateReason();
			if (reason == null || this.task instanceof AnsweredTask) {
				work(this.carried);
				return;
			}
			HandOver.this.counts.late(reason);
			if (LateTask.mustRun(this.task)) {
				work((reason == LateReason.ENDED) ? this.carried : over());
			}
			else if (!LateTask.cancel(this.task) && reason == LateReason.ENDED) {
				// somebody may count on its turn: it sees the end and can give up
				work(this.carried);
			}
		}

		private @Nullable LateReason lateReason() {
			HandOver rules = HandOver.this;
			if (rules.maxAgeNanos > 0 && rules.ticker.nanos() - this.sinceNanos > rules.maxAgeNanos) {
				return LateReason.AGE;
			}
			return (this.carried != null && this.carried.endReason() != null) ? LateReason.ENDED : null;
		}

		private void work(@Nullable Lifetime lifetime) {
			if (lifetime == null) {
				this.work.run();
				return;
			}
			Lifetime before = CurrentLifetime.replace(lifetime);
			try {
				this.work.run();
			}
			finally {
				CurrentLifetime.restore(before);
			}
		}

	}

}
