/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

import dev.holdfast.lifetime.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue in front of a limiter.
 * <p>
 * <b>Order.</b> Highest priority first; within a priority oldest first, and newest first
 * once the queue has not been empty for {@value #CONGESTED_AFTER_MILLIS} ms: then the
 * oldest ones are about to give up anyway (Maurer, Fail at Scale, ACM Queue 2015). A lane
 * whose own limit is reached is passed over.
 * <p>
 * <b>Hand-over.</b> Permits are not raced for: as long as anybody waits, everybody goes
 * through the queue, and who is served is decided here, under the lock. The lock is
 * touched only while somebody waits.
 * <p>
 * <b>No lost wake-up.</b> {@link #waiting} is written before the newcomer tries for the
 * last time, and a release gives back before it reads {@code waiting}; both are volatile,
 * so either the newcomer sees the permit or the release sees the newcomer.
 */
final class WaitQueue {

	static final long CONGESTED_AFTER_MILLIS = 100;

	private static final long CONGESTED_AFTER_NANOS = CONGESTED_AFTER_MILLIS * 1_000_000;

	private final ReentrantLock lock = new ReentrantLock();

	private final Ticker ticker;

	private final List<Lane> lanes;

	private final Supplier<Rules> rules;

	private final Predicate<Lane> take;

	private final AtomicInteger waiting = new AtomicInteger();

	private long arrivals;

	private long notEmptySince;

	/**
	 * A queue.
	 * @param lanes all lanes of the limiter
	 * @param rules reads the rules in force
	 * @param take takes a permit for a lane if one is to be had
	 * @param ticker clock
	 */
	WaitQueue(List<Lane> lanes, Supplier<Rules> rules, Predicate<Lane> take, Ticker ticker) {
		this.lanes = lanes;
		this.rules = rules;
		this.take = take;
		this.ticker = ticker;
	}

	boolean isEmpty() {
		return this.waiting.get() == 0;
	}

	int size() {
		return this.waiting.get();
	}

	/**
	 * Joins the queue, or gets an answer at once.
	 * @param lane lane of the request
	 * @return the waiter, with an answer or without
	 */
	Waiter join(Lane lane) {
		this.lock.lock();
		try {
			// read under the lock: a change of the rules pumps after its swap, so it sees
			// us
			Rules current = this.rules.get();
			Waiter waiter = new Waiter(lane, this.arrivals++);
			if (this.waiting.get() == 0) {
				this.notEmptySince = this.ticker.nanos();
			}
			this.waiting.incrementAndGet();
			lane.waiters.addLast(waiter);
			serve(current);
			if (waiter.answer() == null) {
				keepWithinBounds(waiter, current);
			}
			return waiter;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Hands free permits to those who wait. */
	void pump() {
		this.lock.lock();
		try {
			serve(this.rules.get());
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Leaves the queue with an answer, unless one was given before.
	 * @param waiter who leaves
	 * @param answer answer to leave with
	 */
	void leave(Waiter waiter, Admission answer) {
		this.lock.lock();
		try {
			// an answer given a moment ago stands: the permit is held
			if (waiter.answer() == null) {
				answer(waiter, answer);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void serve(Rules rules) {
		Waiter next = next(rules);
		while (next != null) {
			answer(next, Admission.Admitted.INSTANCE);
			next = next(rules);
		}
	}

	// takes a permit for whoever is to be served next; null if nobody can be
	private @Nullable Waiter next(Rules rules) {
		boolean newestFirst = this.ticker.nanos() - this.notEmptySince >= CONGESTED_AFTER_NANOS;
		Waiter best = null;
		for (Lane lane : this.lanes) {
			Waiter head = newestFirst ? lane.waiters.peekLast() : lane.waiters.peekFirst();
			if (head != null && lane.held.held() < rules.bounds(lane).own()
					&& (best == null || isBefore(head, best, newestFirst, rules))) {
				best = head;
			}
		}
		return (best != null && this.take.test(best.lane)) ? best : null;
	}

	private static boolean isBefore(Waiter one, Waiter other, boolean newestFirst, Rules rules) {
		int byPriority = rules.bounds(one.lane).priority().compareTo(rules.bounds(other.lane).priority());
		if (byPriority != 0) {
			return byPriority < 0;
		}
		return newestFirst ? one.arrival > other.arrival : one.arrival < other.arrival;
	}

	private void keepWithinBounds(Waiter newcomer, Rules rules) {
		Lane lane = newcomer.lane;
		if (lane.waiters.size() > rules.maxQueued(lane)) {
			answer(newcomer, full(lane, rules));
		}
		else if (this.waiting.get() > rules.settings().maxQueued()) {
			Waiter victim = lessImportantThan(newcomer, rules);
			answer(victim, full(victim.lane, rules));
		}
	}

	private static Admission full(Lane lane, Rules rules) {
		boolean byRoute = lane.held.held() >= rules.bounds(lane).own();
		return Admission.Shed.of(byRoute ? ShedReason.ROUTE : ShedReason.QUEUE);
	}

	// the oldest waiter of the least important class below the newcomer, else itself
	private Waiter lessImportantThan(Waiter newcomer, Rules rules) {
		Waiter victim = newcomer;
		for (Lane lane : this.lanes) {
			Waiter oldest = lane.waiters.peekFirst();
			if (oldest != null && rules.bounds(lane).priority().compareTo(rules.bounds(victim.lane).priority()) > 0) {
				victim = oldest;
			}
		}
		return victim;
	}

	private void answer(Waiter waiter, Admission answer) {
		waiter.lane.waiters.remove(waiter);
		this.waiting.decrementAndGet();
		waiter.answer(answer);
	}

}
