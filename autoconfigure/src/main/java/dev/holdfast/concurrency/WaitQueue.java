/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

import dev.holdfast.lifetime.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue in front of a limiter.
 * <p>
 * <b>Order.</b> Highest priority first; within a priority oldest first, and newest first
 * once its lane has not been empty for {@value #CONGESTED_AFTER_MILLIS} ms: then the
 * oldest ones are about to give up anyway (Maurer, Fail at Scale, ACM Queue 2015). Who
 * finds no permit under the rules of his lane is passed over.
 * <p>
 * <b>Bursts.</b> As long as the queue has only just begun to fill, more may wait than its
 * bound; after {@value #CONGESTED_AFTER_MILLIS} ms what is left above the bound goes. A
 * burst that would have been served a moment later is not refused, and the threads that
 * it takes are soon free again.
 * <p>
 * <b>Hand-over.</b> Permits are not raced for: as long as anybody waits, everybody goes
 * through the queue, and who is served is decided here, by one thread at a time. Nobody
 * waits for that thread: a {@link Combiner} has it do what others come for meanwhile.
 * <p>
 * <b>No lost wake-up.</b> {@link #waiting} is written before the newcomer tries for the
 * last time, and a release gives back before it reads {@code waiting}; both are volatile,
 * so either the newcomer sees the permit or the release sees the newcomer.
 */
final class WaitQueue {

	static final long CONGESTED_AFTER_MILLIS = 100;

	private static final long CONGESTED_AFTER_NANOS = CONGESTED_AFTER_MILLIS * 1_000_000;

	private final Combiner combiner = new Combiner();

	private final Ticker ticker;

	private final List<Lane> lanes;

	private final BoundedCounter held;

	private final Supplier<Rules> rules;

	private final BiPredicate<Lane, LaneBounds> take;

	private final Runnable pumping;

	/** Everybody without an answer. */
	private final AtomicInteger waiting = new AtomicInteger();

	/** Those of them who have been seen; for tasks only, as all that follows. */
	private int queued;

	private long arrivals;

	/**
	 * A queue.
	 * @param lanes all lanes of the limiter
	 * @param held what the whole limiter holds
	 * @param rules reads the rules in force
	 * @param take takes a permit for a lane within bounds if one is to be had
	 * @param ticker clock
	 */
	WaitQueue(List<Lane> lanes, BoundedCounter held, Supplier<Rules> rules, BiPredicate<Lane, LaneBounds> take,
			Ticker ticker) {
		this.lanes = lanes;
		this.held = held;
		this.rules = rules;
		this.take = take;
		this.ticker = ticker;
		this.pumping = () -> serve(this.rules.get());
	}

	boolean isEmpty() {
		return this.waiting.get() == 0;
	}

	int size() {
		return this.waiting.get();
	}

	/**
	 * Joins the queue. The answer may be there already.
	 * @param lane lane of the request
	 * @return the waiter; its thread is woken for an answer, and for a burst that it has
	 * to end
	 */
	Waiter join(Lane lane) {
		Waiter waiter = new Waiter(lane);
		this.waiting.incrementAndGet();
		this.combiner.run(() -> enter(waiter));
		return waiter;
	}

	/** Hands free permits to those who wait. */
	void pump() {
		this.combiner.run(this.pumping);
	}

	/**
	 * Leaves the queue with an answer, unless one was given before. It may take a moment
	 * to be there.
	 * @param waiter who leaves
	 * @param answer answer to leave with
	 */
	void leave(Waiter waiter, Admission answer) {
		this.combiner.run(() -> {
			// an answer given a moment ago stands: the permit is held
			if (waiter.answer() == null) {
				answer(waiter, answer);
			}
		});
	}

	private void enter(Waiter waiter) {
		Lane lane = waiter.lane;
		waiter.arrival = this.arrivals++;
		if (lane.waiters.isEmpty()) {
			lane.notEmptySince = this.ticker.nanos();
		}
		this.queued++;
		lane.waiters.addLast(waiter);
		// Read after we are counted: either we see the new rules, or whoever changes
		// them sees us after the change and hands out what they allow.
		Rules current = this.rules.get();
		serve(current);
		if (waiter.answer() == null) {
			keepWithinBounds(waiter, current);
		}
	}

	private void serve(Rules rules) {
		Waiter next = next(rules);
		while (next != null) {
			// A newcomer who came before the queue was there may take it first: look
			// again.
			if (this.take.test(next.lane, rules.bounds(next.lane))) {
				answer(next, Admission.Admitted.INSTANCE);
			}
			next = next(rules);
		}
	}

	// Who is to be served next, null if nobody can be. Each lane is asked for itself: one
	// that obeys a milder mode has permits while more important ones have none.
	private @Nullable Waiter next(Rules rules) {
		Waiter best = null;
		for (Lane lane : this.lanes) {
			Waiter head = isCongested(lane) ? lane.waiters.peekLast() : lane.waiters.peekFirst();
			if (head != null && hasPermits(lane, rules.bounds(lane)) && (best == null || isBefore(head, best, rules))) {
				best = head;
			}
		}
		return best;
	}

	private boolean hasPermits(Lane lane, LaneBounds bounds) {
		return !lane.isFull(bounds) && this.held.held() < bounds.shared();
	}

	private boolean isBefore(Waiter one, Waiter other, Rules rules) {
		int byPriority = rules.bounds(one.lane).priority().compareTo(rules.bounds(other.lane).priority());
		if (byPriority != 0) {
			return byPriority < 0;
		}
		boolean newestFirst = isCongested(one.lane) || isCongested(other.lane);
		return newestFirst ? one.arrival > other.arrival : one.arrival < other.arrival;
	}

	private void keepWithinBounds(Waiter newcomer, Rules rules) {
		Lane lane = newcomer.lane;
		int over = this.queued - rules.settings().maxQueued();
		if (rules.isOverLaneShare(lane, lane.waiters.size())) {
			answer(newcomer, full(lane, rules));
		}
		else if (over > 0 && over <= rules.settings().burstQueued() && !isCongested(lane)) {
			newcomer.extra(true);
			this.combiner.wake(newcomer.thread);
		}
		else if (over > 0) {
			Waiter victim = lessImportantThan(newcomer, rules);
			answer(victim, full(victim.lane, rules));
		}
	}

	/**
	 * Time that a waiter beyond the bound has left.
	 * @param waiter the waiter
	 * @return nanoseconds until the burst is over
	 */
	long burstLeft(Waiter waiter) {
		return CONGESTED_AFTER_NANOS - (this.ticker.nanos() - waiter.lane.notEmptySince);
	}

	/**
	 * Ends the burst for a waiter beyond the bound: it has moved up, or a less important
	 * one goes in its place, or it goes.
	 * @param waiter the waiter
	 */
	void endBurst(Waiter waiter) {
		this.combiner.run(() -> {
			Rules current = this.rules.get();
			if (waiter.answer() == null && this.queued > current.settings().maxQueued()) {
				Waiter victim = lessImportantThan(waiter, current);
				answer(victim, full(victim.lane, current));
			}
			waiter.extra(false);
		});
	}

	private boolean isCongested(Lane lane) {
		return this.ticker.nanos() - lane.notEmptySince >= CONGESTED_AFTER_NANOS;
	}

	private static Admission full(Lane lane, Rules rules) {
		if (lane.isFull(rules.bounds(lane))) {
			return Admission.Shed.of(ShedReason.ROUTE);
		}
		return Admission.Shed.of((rules.settings().maxQueued() > 0) ? ShedReason.QUEUE : ShedReason.LIMIT);
	}

	// the oldest waiter of the least important class below a waiter, else itself
	private Waiter lessImportantThan(Waiter waiter, Rules rules) {
		Waiter victim = waiter;
		for (Lane lane : this.lanes) {
			Waiter oldest = lane.waiters.peekFirst();
			int below = rules.bounds(lane).priority().compareTo(rules.bounds(victim.lane).priority());
			if (oldest != null && (below > 0 || (below == 0 && isOlderVictim(oldest, victim, waiter)))) {
				victim = oldest;
			}
		}
		return victim;
	}

	// among lanes of one class the oldest goes; the class of the waiter itself is spared
	private static boolean isOlderVictim(Waiter one, Waiter victim, Waiter waiter) {
		return victim != waiter && one.arrival < victim.arrival;
	}

	private void answer(Waiter waiter, Admission answer) {
		// whose entry failed was never seen
		if (waiter.lane.waiters.remove(waiter)) {
			this.queued--;
		}
		this.waiting.decrementAndGet();
		waiter.answer(answer);
		this.combiner.wake(waiter.thread);
	}

}
