/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;

import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Mode;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what runs at the same time. You need it wherever more work can arrive than can
 * be done: without it every request waits behind all others and none is answered in time.
 * <p>
 * <b>Admission.</b> A permit is one count of the lane (where the route has a limit) and
 * one of the whole. Each is taken by a single compare-and-set against its bound, so
 * neither is ever overstepped. While nobody waits no lock is touched and nothing is
 * allocated; whoever finds no permit waits in a short {@link WaitQueue}.
 * <p>
 * <b>Parked requests</b> hold no thread and no permit of the whole: they move to a bound
 * of their own. The count of their lane they keep, because a route's limit means the
 * route's work, on whatever thread.
 * <p>
 * <b>Modes.</b> Permits are counted in every mode, so that a mode can change at any time
 * and what was admitted before is given back as it was taken.
 *
 * @since 0.1.0
 */
public final class Limiter {

	private final List<Lane> lanes;

	private final BoundedCounter held = new BoundedCounter();

	private final BoundedCounter parked = new BoundedCounter();

	private final WaitQueue queue;

	private final QueuedWait wait;

	private final Ticker ticker;

	private final LongAdder admitted = new LongAdder();

	private final LongAdder wouldHaveQueued = new LongAdder();

	private final ShedCounts shed = new ShedCounts();

	private final Lateness lateness = new Lateness();

	private final ReentrantLock changes = new ReentrantLock();

	private volatile Rules rules;

	/**
	 * A limiter.
	 * @param settings what governs it
	 * @param routes what governs each of its lanes, by name; the lane with the empty name
	 * for everything else is added
	 * @param ticker clock
	 */
	public Limiter(LimiterSettings settings, Map<String, LaneSettings> routes, Ticker ticker) {
		List<Lane> made = new ArrayList<>();
		List<LaneSettings> laneSettings = new ArrayList<>();
		made.add(new Lane("", 0));
		laneSettings.add(LaneSettings.NONE);
		routes.forEach((name, route) -> {
			made.add(new Lane(name, made.size()));
			laneSettings.add(route);
		});
		this.lanes = Collections.unmodifiableList(made);
		this.rules = Rules.of(settings, laneSettings);
		this.ticker = ticker;
		this.queue = new WaitQueue(this.lanes, this.held, () -> this.rules, this::take, ticker);
		this.wait = new QueuedWait(this.queue, () -> this.rules, this::release, ticker);
	}

	/**
	 * The lane of a route.
	 * @param name name of the route, empty for everything else
	 * @return the lane, or {@code null} if there is no such route
	 */
	public @Nullable Lane lane(String name) {
		return this.lanes.stream().filter((lane) -> lane.name().equals(name)).findFirst().orElse(null);
	}

	/**
	 * Importance of the requests of a lane.
	 * @param lane the lane
	 * @return the priority that was chosen for it, {@code null} if none was
	 */
	public @Nullable Priority priority(Lane lane) {
		return this.rules.settings(lane).priority();
	}

	/**
	 * The lane of requests that match no route.
	 * @return the lane
	 */
	public Lane defaultLane() {
		return this.lanes.get(0);
	}

	/**
	 * Asks for a permit and waits for it for a short time if need be.
	 * @param lane lane of the request
	 * @param lifetime lifetime of the request; when it ends, so does the wait
	 * @return whether the caller holds a permit now
	 */
	public Admission admit(Lane lane, Lifetime lifetime) {
		Rules current = this.rules;
		LaneBounds bounds = current.bounds(lane);
		// A waiter may appear between this look and the take: then we overtake it once.
		if ((this.queue.isEmpty() || bounds.isUnbounded()) && take(lane, bounds)) {
			this.admitted.increment();
			return Admission.Admitted.INSTANCE;
		}
		Admission answer = current.isWaitingOff() ? refuse(lane, bounds) : this.wait.await(lane, lifetime);
		count(answer, bounds.priority());
		return answer;
	}

	/**
	 * Asks for a permit for a request that has waited elsewhere before, where it could
	 * not be refused. If everything has come late for a while it is refused at once:
	 * unlike a queue's, that wait has no end of its own. What is critical is let through.
	 * @param lane lane of the request
	 * @param lifetime lifetime of the request; when it ends, so does the wait
	 * @param waitedNanos how long it has waited, in nanoseconds
	 * @return whether the caller holds a permit now
	 */
	public Admission admit(Lane lane, Lifetime lifetime, long waitedNanos) {
		if ((waitedNanos > 0 || !this.lateness.isQuiet())
				&& this.lateness.isOverdue(waitedNanos, this.ticker.nanos())) {
			LaneBounds bounds = this.rules.bounds(lane);
			if (bounds.priority() != Priority.CRITICAL && bounds.isSharedKnown()) {
				this.shed.increment(ShedReason.TIMEOUT, bounds.priority());
				if (bounds.shared() != LaneBounds.UNBOUNDED) {
					return Admission.Shed.of(ShedReason.TIMEOUT);
				}
			}
		}
		return admit(lane, lifetime);
	}

	/**
	 * Whether so much is going on that a request may have waited before it could ask: it
	 * is worth looking whether anybody still waits for it.
	 * @return {@code true} while half of an enforced limit is held, or somebody waits
	 */
	public boolean isCrowded() {
		LimiterSettings current = this.rules.settings();
		return current.mode() == Mode.ENFORCE
				&& (this.held.held() >= (current.limit() + 1) / 2 || !this.queue.isEmpty());
	}

	/**
	 * Refuses a request whose lifetime has ended before it asked for a permit.
	 * @param lane lane of the request
	 * @return the refusal
	 */
	public Admission refuseEnded(Lane lane) {
		this.shed.increment(ShedReason.DEADLINE, this.rules.bounds(lane).priority());
		return Admission.Shed.of(ShedReason.DEADLINE);
	}

	/**
	 * Gives a permit back.
	 * @param lane lane it was taken for
	 */
	public void release(Lane lane) {
		lane.held.giveBack();
		this.held.giveBack();
		wakeNext();
	}

	/**
	 * Exchanges the permit of a request that goes on without a thread for a parked one.
	 * @param lane lane the permit was taken for
	 * @return whether it was exchanged; if not, parking space is full and the permit
	 * stays held
	 */
	public boolean park(Lane lane) {
		Rules current = this.rules;
		boolean off = current.settings().mode() == Mode.OFF;
		if (this.parked.tryTake(off ? LaneBounds.UNBOUNDED : current.settings().asyncLimit()) == 0) {
			return false;
		}
		this.held.giveBack();
		wakeNext();
		return true;
	}

	/**
	 * Gives a parked permit back.
	 * @param lane lane it was taken for
	 */
	public void releaseParked(Lane lane) {
		this.parked.giveBack();
		lane.held.giveBack();
		wakeNext();
	}

	/**
	 * Replaces what governs the limiter, for all lanes at once.
	 * @param change makes the settings from those in force
	 */
	public void update(UnaryOperator<LimiterSettings> change) {
		swap((before) -> before.with(change.apply(before.settings())));
	}

	/**
	 * Replaces what governs one lane.
	 * @param lane the lane
	 * @param change makes the settings from those in force
	 */
	public void update(Lane lane, UnaryOperator<LaneSettings> change) {
		swap((before) -> before.with(lane, change.apply(before.settings(lane))));
	}

	// two changes at once must not undo each other; who waits may pass under new rules
	private void swap(UnaryOperator<Rules> change) {
		this.changes.lock();
		try {
			this.rules = change.apply(this.rules);
		}
		finally {
			this.changes.unlock();
		}
		wakeNext();
	}

	/**
	 * What governs the limiter.
	 * @return the settings in force
	 */
	public LimiterSettings settings() {
		return this.rules.settings();
	}

	/**
	 * What governs a lane.
	 * @param lane the lane
	 * @return the settings in force
	 */
	public LaneSettings settings(Lane lane) {
		return this.rules.settings(lane);
	}

	/**
	 * What is held and what was decided so far. Counts are read one after the other:
	 * under load they may differ by what happened in between.
	 * @return the state
	 */
	public LimiterState state() {
		Rules current = this.rules;
		List<LimiterState.LaneState> routes = this.lanes.stream()
			.skip(1)
			.map((lane) -> new LimiterState.LaneState(lane.name(), current.settings(lane), lane.held.held()))
			.toList();
		return new LimiterState(current.settings(), inFlight(), queued(), this.parked.held(), this.admitted.sum(),
				this.wouldHaveQueued.sum(), this.shed.byPriority(), routes);
	}

	/**
	 * Permits held, those of parked requests aside.
	 * @return the number now
	 */
	public int inFlight() {
		return this.held.held();
	}

	/**
	 * Requests that wait for a permit.
	 * @return the number now
	 */
	public int queued() {
		return this.queue.size();
	}

	/**
	 * Permits given so far.
	 * @return the count
	 */
	public long admitted() {
		return this.admitted.sum();
	}

	/**
	 * Refusals so far; under {@link Mode#OBSERVE} what would have been refused.
	 * @param reason why
	 * @param priority importance of the request
	 * @return the count
	 */
	public long shed(ShedReason reason, Priority priority) {
		return this.shed.count(reason, priority);
	}

	// Takes both counts or none. Between the first and its being put back the lane may
	// look fuller than it is to a waiter: whoever takes nothing looks after the queue.
	private boolean take(Lane lane, LaneBounds bounds) {
		int inLane = lane.held.tryTake(bounds.own());
		if (inLane == 0) {
			return false;
		}
		int inAll = this.held.tryTake(bounds.shared());
		if (inAll == 0) {
			lane.held.giveBack();
			return false;
		}
		if (bounds.isWatched()) {
			watch(inLane - bounds.watchedOwn(), inAll - bounds.watchedShared(), bounds.priority());
		}
		return true;
	}

	private void watch(int overOwn, int overShared, Priority priority) {
		int over = Math.max(overOwn, overShared);
		if (over <= 0) {
			return;
		}
		int maxQueued = settings().maxQueued();
		if (over <= maxQueued) {
			this.wouldHaveQueued.increment();
		}
		else if (overOwn >= overShared) {
			this.shed.increment(ShedReason.ROUTE, priority);
		}
		else {
			this.shed.increment((maxQueued > 0) ? ShedReason.QUEUE : ShedReason.LIMIT, priority);
		}
	}

	private Admission refuse(Lane lane, LaneBounds bounds) {
		// under rules changed a moment ago somebody may wait who was passed over for us
		wakeNext();
		return Admission.Shed.of(lane.isFull(bounds) ? ShedReason.ROUTE : ShedReason.LIMIT);
	}

	private void wakeNext() {
		if (!this.queue.isEmpty()) {
			this.queue.pump();
		}
	}

	private void count(Admission answer, Priority priority) {
		if (answer instanceof Admission.Shed refused) {
			this.shed.increment(refused.reason(), priority);
		}
		else {
			this.admitted.increment();
		}
	}

}
