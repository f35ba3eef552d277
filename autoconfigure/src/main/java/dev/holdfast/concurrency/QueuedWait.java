/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.Ticker;

/**
 * How a request waits in the queue: its thread is parked until the queue has an answer,
 * its patience or the lifetime of the request is over, or it is interrupted. Whoever
 * gives up leaves the queue, where an answer given a moment ago stands.
 */
final class QueuedWait {

	/** Where another thread fails while it sees to an answer, nobody is woken for it. */
	private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final WaitQueue queue;

	private final Supplier<Rules> rules;

	private final Consumer<Lane> release;

	private final Ticker ticker;

	/**
	 * How requests wait in a queue.
	 * @param queue the queue
	 * @param rules reads the rules in force
	 * @param release gives a permit of a lane back
	 * @param ticker clock
	 */
	QueuedWait(WaitQueue queue, Supplier<Rules> rules, Consumer<Lane> release, Ticker ticker) {
		this.queue = queue;
		this.rules = rules;
		this.release = release;
		this.ticker = ticker;
	}

	/**
	 * Joins the queue and waits for the answer.
	 * @param lane lane of the request
	 * @param lifetime lifetime of the request; when it ends, so does the wait
	 * @return whether the caller holds a permit now
	 */
	Admission await(Lane lane, Lifetime lifetime) {
		Waiter waiter = this.queue.join(lane);
		Admission answer = waiter.answer();
		if (answer != null) {
			return answer;
		}
		try {
			return park(waiter, lifetime);
		}
		catch (RuntimeException | Error ex) {
			abandon(waiter);
			throw ex;
		}
	}

	// a caller who gets an exception gives nothing back: nothing may be handed to it
	private void abandon(Waiter waiter) {
		this.queue.leave(waiter, Admission.Shed.of(ShedReason.TIMEOUT));
		if (parkUntilAnswered(waiter) == Admission.Admitted.INSTANCE) {
			this.release.accept(waiter.lane);
		}
	}

	private Admission park(Waiter waiter, Lifetime lifetime) {
		Lifetime.Registration registration = lifetime
			.onEnd((reason) -> this.queue.leave(waiter, Admission.Shed.of(ShedReason.DEADLINE)));
		try {
			return park(waiter);
		}
		finally {
			registration.close();
		}
	}

	private Admission park(Waiter waiter) {
		long since = this.ticker.nanos();
		boolean interrupted = false;
		boolean burst = true;
		boolean patient = true;
		while (waiter.answer() == null && patient) {
			boolean extra = burst && waiter.isExtra();
			long left = left(since);
			left = extra ? Math.min(left, this.queue.burstLeft(waiter)) : left;
			if (left > 0 && !interrupted) {
				LockSupport.parkNanos(this, left);
				interrupted = Thread.interrupted();
			}
			else if (extra && !interrupted) {
				burst = false;
				this.queue.endBurst(waiter);
			}
			else {
				patient = false;
				giveUp(waiter);
			}
		}
		Admission answer = parkUntilAnswered(waiter);
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return answer;
	}

	private long left(long since) {
		return this.rules.get().settings().maxWait().toNanos() - (this.ticker.nanos() - since);
	}

	// for those who have left: another thread may be about to see to it
	private static Admission parkUntilAnswered(Waiter waiter) {
		boolean interrupted = false;
		Admission answer = waiter.answer();
		while (answer == null) {
			LockSupport.parkNanos(waiter, LOOK_AGAIN_NANOS);
			interrupted |= Thread.interrupted();
			answer = waiter.answer();
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
		return answer;
	}

	private void giveUp(Waiter waiter) {
		boolean byRoute = waiter.lane.isFull(this.rules.get().bounds(waiter.lane));
		this.queue.leave(waiter, Admission.Shed.of(byRoute ? ShedReason.ROUTE : ShedReason.TIMEOUT));
	}

}
