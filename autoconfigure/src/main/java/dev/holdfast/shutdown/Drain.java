/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

import dev.holdfast.lifetime.DrainStarted;
import dev.holdfast.lifetime.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The drain of a service. It begins by an endpoint, where it can be taken back, or by the
 * end of the process, where it cannot; whoever comes second joins it, and time that has
 * passed is not waited for again.
 *
 * <p>
 * One lock guards the state. Peers, listeners and servers are told without it: they may
 * take their time, and readers do not wait for them. Another lock keeps what they are
 * told in the order in which the state changed, so that the last word is the right one.
 */
final class Drain {

	private static final Logger LOGGER = LoggerFactory.getLogger(Drain.class);

	private final DrainPlan plan;

	private final Traffic traffic;

	private final Surroundings surroundings;

	private final Ticker ticker;

	private final Rounds rounds;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private final ReentrantLock telling = new ReentrantLock();

	private DrainState state = DrainState.SERVING;

	private @Nullable DrainTrigger trigger;

	private long startedNanos;

	private long windowNanos;

	private long servedBefore;

	// whether it is worth a word, and a thread
	private volatile boolean lasting;

	// of the thread that does the rounds
	private volatile boolean toldDrained;

	Drain(DrainPlan plan, Traffic traffic, Surroundings surroundings, Ticker ticker) {
		this.plan = plan;
		this.traffic = traffic;
		this.surroundings = surroundings;
		this.ticker = ticker;
		this.rounds = new Rounds(this::round);
	}

	/**
	 * Begins a drain that can be taken back, or joins the one that runs.
	 * @param by what begins it
	 * @return whether this call began it
	 */
	boolean start(DrainTrigger by) {
		this.telling.lock();
		try {
			if (!begin(DrainState.DRAINING, by, this.plan.delay())) {
				return false;
			}
			this.surroundings.refuseTraffic();
			tell(by, this.plan.delay());
			return true;
		}
		finally {
			this.telling.unlock();
		}
	}

	/**
	 * The process, or the application context, is ending.
	 * @param patient whether peers are given the delay
	 */
	void stop(boolean patient) {
		Duration window = patient ? this.plan.delay() : Duration.ZERO;
		this.telling.lock();
		try {
			if (begin(DrainState.STOPPING, DrainTrigger.SHUTDOWN, window)) {
				tell(DrainTrigger.SHUTDOWN, window);
			}
			else {
				stopDraining(window);
			}
		}
		finally {
			this.telling.unlock();
		}
	}

	private void stopDraining(Duration window) {
		this.lock.lock();
		try {
			if (this.state != DrainState.STOPPING) {
				this.state = DrainState.STOPPING;
				this.windowNanos = Math.min(this.windowNanos, window.toNanos());
				this.changed.signalAll();
				LOGGER.info("Stopping after a drain that began {} ago", DrainPlan.text(elapsed()));
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean begin(DrainState next, DrainTrigger by, Duration window) {
		this.lock.lock();
		try {
			if (this.state != DrainState.SERVING) {
				return false;
			}
			this.state = next;
			this.trigger = by;
			this.startedNanos = this.ticker.nanos();
			this.windowNanos = window.toNanos();
			this.servedBefore = this.traffic.begun();
			this.toldDrained = false;
			this.traffic.observe(this.startedNanos);
			return true;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void tell(DrainTrigger by, Duration window) {
		// a context that is closed on the spot, as tests do, is not worth a word
		this.lasting = by != DrainTrigger.SHUTDOWN || !window.isZero();
		if (this.lasting) {
			LOGGER.info("Drain begun by {}: serving for {} more, {} in flight, {} connections open", by.text(),
					DrainPlan.text(window), this.traffic.inFlight(), this.traffic.open());
		}
		this.traffic.announceClose();
		this.surroundings.drainStarted(new DrainStarted(window));
		if (this.lasting) {
			this.rounds.start();
		}
	}

	/**
	 * Waits until the delay is over, or there was silence for as long as was asked for.
	 * @return whether it is over; {@code false} if the drain was taken back
	 * @throws InterruptedException if the thread is interrupted
	 */
	boolean await() throws InterruptedException {
		this.lock.lock();
		try {
			while (this.state != DrainState.SERVING) {
				long left = leftNanos();
				if (left <= 0 || isQuiet()) {
					return true;
				}
				this.changed.awaitNanos(Math.min(left, Rounds.PAUSE.toNanos()));
			}
			return false;
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isQuiet() {
		Duration enough = this.plan.quietPeriod();
		return enough != null && this.traffic.silence(this.ticker.nanos()) >= enough.toNanos();
	}

	/**
	 * Takes the drain back.
	 * @return whether the service serves now; {@code false} if it is stopping
	 */
	boolean cancel() {
		this.telling.lock();
		try {
			Duration lasted = leave();
			if (lasted == null) {
				return state() == DrainState.SERVING;
			}
			this.rounds.stop();
			this.traffic.resume();
			this.surroundings.acceptTraffic();
			LOGGER.info("Drain taken back after {}: the service accepts traffic again", DrainPlan.text(lasted));
			return true;
		}
		finally {
			this.telling.unlock();
		}
	}

	// how long it lasted, null if there is nothing to take back
	private @Nullable Duration leave() {
		this.lock.lock();
		try {
			if (this.state == DrainState.STOPPING || this.state == DrainState.SERVING) {
				return null;
			}
			this.state = DrainState.SERVING;
			this.trigger = null;
			this.changed.signalAll();
			return elapsed();
		}
		finally {
			this.lock.unlock();
		}
	}

	private void round(int number) {
		Snapshot now = snapshot();
		if (now.state() == DrainState.SERVING) {
			return;
		}
		this.traffic.observe(this.ticker.nanos());
		if (number % Rounds.ANNOUNCE_EACH == 0) {
			announceAgain();
		}
		if (now.left().compareTo(Traffic.SWEEP) <= 0) {
			// those that are still used have been told by their responses
			this.traffic.closeIdle();
		}
		if (now.left().isZero()) {
			over(now);
		}
		else if (number % Rounds.LOG_EACH == 0) {
			LOGGER.info("Draining: {} in flight, {} connections open, {} left", now.inFlight(), now.openConnections(),
					DrainPlan.text(Duration.ofSeconds(Math.round(now.left().toMillis() / 1000.0))));
		}
	}

	private void announceAgain() {
		this.telling.lock();
		try {
			// not after it was taken back
			if (state() != DrainState.SERVING) {
				this.traffic.announceClose();
			}
		}
		finally {
			this.telling.unlock();
		}
	}

	private void over(Snapshot now) {
		if (now.state() == DrainState.DRAINED && !this.toldDrained) {
			this.toldDrained = true;
			LOGGER.info("Drained: {} in flight, {} connections open; still serving until SIGTERM comes", now.inFlight(),
					now.openConnections());
		}
		if (now.trigger() == DrainTrigger.PRESTOP && now.state() != DrainState.STOPPING
				&& now.since().compareTo(this.plan.gracePeriod()) >= 0) {
			LOGGER.warn("No SIGTERM came within the grace period ({}) after the preStop hook",
					DrainPlan.text(this.plan.gracePeriod()));
			cancel();
		}
	}

	DrainState state() {
		this.lock.lock();
		try {
			return current();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The server has stopped taking requests, and waits for none any more.
	 * @param cut how many requests were ended
	 */
	void requestsEnded(int cut) {
		if (this.lasting || cut > 0) {
			Snapshot now = snapshot();
			LOGGER.info("Drain ended after {}: {} requests came since it began, {} were cut, {} have not ended",
					DrainPlan.text(now.since()), now.begun(), cut, now.inFlight());
		}
	}

	/**
	 * Ends what the drain does in the background.
	 */
	void close() {
		this.rounds.stop();
	}

	/**
	 * Where it stands.
	 * @return a snapshot
	 */
	Snapshot snapshot() {
		this.lock.lock();
		try {
			DrainState now = current();
			boolean serving = now == DrainState.SERVING;
			return new Snapshot(now, this.trigger, serving ? Duration.ZERO : elapsed(),
					serving ? Duration.ZERO : Duration.ofNanos(Math.max(0, leftNanos())), this.traffic.inFlight(),
					this.traffic.open(), serving ? 0 : this.traffic.begun() - this.servedBefore);
		}
		finally {
			this.lock.unlock();
		}
	}

	// under the lock
	private DrainState current() {
		return (this.state == DrainState.DRAINING && leftNanos() <= 0) ? DrainState.DRAINED : this.state;
	}

	private Duration elapsed() {
		return Duration.ofMillis(TimeUnit.NANOSECONDS.toMillis(this.ticker.nanos() - this.startedNanos));
	}

	private long leftNanos() {
		return this.windowNanos - (this.ticker.nanos() - this.startedNanos);
	}

	/**
	 * A drain at one moment.
	 *
	 * @param state where it is
	 * @param trigger what has begun it, {@code null} while the service serves
	 * @param since time since it began
	 * @param left what is left of the delay
	 * @param inFlight requests that run
	 * @param openConnections connections to the application that are open
	 * @param begun requests that came since it began
	 */
	record Snapshot(DrainState state, @Nullable DrainTrigger trigger, Duration since, Duration left, int inFlight,
			int openConnections, long begun) {
	}

}
