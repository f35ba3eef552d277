/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.time.Duration;
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
 * Peers, listeners and servers are told in the order in which the state changes, so that
 * the last word is the right one. They may take their time: readers do not wait for them.
 */
final class Drain {

	private static final Logger LOGGER = LoggerFactory.getLogger(Drain.class);

	private final DrainPlan plan;

	private final Traffic traffic;

	private final Surroundings surroundings;

	private final Ticker ticker;

	private final DrainProgress progress;

	private final Rounds rounds;

	private final ReentrantLock telling = new ReentrantLock();

	private volatile long begunBefore;

	// whether it is worth a word, and a thread
	private volatile boolean lasting;

	private volatile boolean toldDrained;

	Drain(DrainPlan plan, Traffic traffic, Surroundings surroundings, Ticker ticker) {
		this.plan = plan;
		this.traffic = traffic;
		this.surroundings = surroundings;
		this.ticker = ticker;
		this.progress = new DrainProgress(ticker);
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
			if (!this.progress.begin(DrainState.DRAINING, by, this.plan.delay())) {
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
			if (this.progress.begin(DrainState.STOPPING, DrainTrigger.SHUTDOWN, window)) {
				tell(DrainTrigger.SHUTDOWN, window);
			}
			else if (this.progress.stop(window)) {
				LOGGER.info("Stopping after a drain that began {} ago", DrainPlan.text(this.progress.now().since()));
			}
		}
		finally {
			this.telling.unlock();
		}
	}

	private void tell(DrainTrigger by, Duration window) {
		this.begunBefore = this.traffic.begun();
		this.toldDrained = false;
		this.traffic.beginToObserve(this.ticker.nanos());
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
		return this.progress.await(this::isQuiet);
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
			Duration lasted = this.progress.takeBack();
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

	private void round(int number) {
		DrainProgress.Moment now = this.progress.now();
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
			LOGGER.info("Draining: {} in flight, {} connections open, {} left", this.traffic.inFlight(),
					this.traffic.open(),
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

	private void over(DrainProgress.Moment now) {
		if (now.state() == DrainState.DRAINED && !this.toldDrained) {
			this.toldDrained = true;
			LOGGER.info("Drained: {} in flight, {} connections open; still serving until SIGTERM comes",
					this.traffic.inFlight(), this.traffic.open());
		}
		if (now.trigger() == DrainTrigger.PRESTOP && now.state() != DrainState.STOPPING
				&& now.since().compareTo(this.plan.gracePeriod()) >= 0) {
			LOGGER.warn("No SIGTERM came within the grace period ({}) after the preStop hook",
					DrainPlan.text(this.plan.gracePeriod()));
			cancel();
		}
	}

	DrainState state() {
		return this.progress.now().state();
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
		DrainProgress.Moment now = this.progress.now();
		long begun = (now.state() != DrainState.SERVING) ? this.traffic.begun() - this.begunBefore : 0;
		return new Snapshot(now.state(), now.trigger(), now.since(), now.left(), this.traffic.inFlight(),
				this.traffic.open(), begun);
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
