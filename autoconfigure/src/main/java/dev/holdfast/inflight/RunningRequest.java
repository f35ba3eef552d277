/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.inflight;

import java.time.Duration;

import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.DeadlineGuard;
import dev.holdfast.lifetime.EndReason;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.OwnedLifetime;
import org.jspecify.annotations.Nullable;

/**
 * A request that runs: written by the threads that work on it, read by whoever looks.
 *
 * @since 0.1.0
 */
public final class RunningRequest extends ThreadAtWork {

	private static final @Nullable Inspection[] NO_INSPECTIONS = {};

	/** The golden ratio, as Knuth spreads keys with it. */
	private static final long SPREAD = 0x9E3779B97F4A7C15L;

	private final String method;

	private final String peer;

	private final OwnedLifetime lifetime;

	private final long startedNanos;

	private volatile @Nullable String route;

	private volatile @Nullable Object handler;

	private volatile EndRules rules = EndRules.NONE;

	private volatile @Nullable Inspection[] inspections = NO_INSPECTIONS;

	private volatile boolean ended;

	private volatile boolean clientGone;

	private volatile Phase phase = Phase.QUEUED;

	private volatile @Nullable ResultWork result;

	RunningRequest(String method, String peer, OwnedLifetime lifetime, long startedNanos) {
		this.method = method;
		this.peer = peer;
		this.lifetime = lifetime;
		this.startedNanos = startedNanos;
	}

	/**
	 * Says where the request is now, on the calling thread.
	 * @param now the phase from now on
	 */
	public void enter(Phase now) {
		workedOnBy((now != Phase.ASYNC) ? Thread.currentThread() : null);
		this.phase = now;
	}

	/**
	 * Names what handles it, on the calling thread, once it is known.
	 * @param template template of the route, never a raw path
	 * @param found the handler; its text is what operators see
	 */
	public void handledBy(String template, Object found) {
		this.route = template;
		this.handler = found;
		enter(Phase.HANDLER);
	}

	/**
	 * Ends its lifetime. The request itself ends when its handler notices.
	 * @param reason why
	 * @return whether this call ended it
	 */
	public boolean cancel(EndReason reason) {
		return this.lifetime.end(reason);
	}

	/**
	 * Sets the moment by which it is to be answered.
	 * @param deadline when its lifetime ends by itself
	 * @param lastWord asked when that has passed
	 */
	public void startDeadline(Deadline deadline, DeadlineGuard lastWord) {
		this.lifetime.startDeadline(deadline, lastWord);
	}

	/**
	 * Takes the moment away: it is answered, or may take its time.
	 */
	public void liftDeadline() {
		this.lifetime.liftDeadline();
	}

	/**
	 * Asks for looks at this request in each round.
	 * @param looks what looks at it, in this order; not copied, to be left as it is
	 */
	public void inspectBy(@Nullable Inspection[] looks) {
		this.inspections = looks;
	}

	@Nullable Inspection[] inspections() {
		return this.inspections;
	}

	/**
	 * Time until it has to be answered: its lifetime ends then, or the lateness is only
	 * observed.
	 * @param age its age
	 * @return what is left, never negative; {@code null} if it may take any time
	 */
	public @Nullable Duration timeLeft(Duration age) {
		boolean over = this.lifetime.endReason() != null;
		Deadline deadline = this.lifetime.deadline();
		if (deadline.isBounded()) {
			return over ? Duration.ZERO : deadline.remaining();
		}
		for (Inspection inspection : this.inspections) {
			Duration left = (inspection != null) ? inspection.timeLeft(this, age) : null;
			if (left != null) {
				return over ? Duration.ZERO : left;
			}
		}
		return null;
	}

	/**
	 * Whether its thread may be interrupted once it has ended.
	 * @param byDefault choice of whoever ends it, where its route has none
	 * @return whether it may be
	 */
	public boolean isInterruptible(boolean byDefault) {
		Boolean ofRoute = this.rules.interrupt();
		return (ofRoute != null) ? ofRoute : byDefault;
	}

	/**
	 * Interrupts the threads that work on it and on its result: each once, and only as
	 * long as it does.
	 * @return whether there was a thread to interrupt
	 */
	public boolean interrupt() {
		boolean own = interruptWorker();
		ResultWork elsewhere = this.result;
		return (elsewhere != null && elsewhere.interrupt()) || own;
	}

	/**
	 * Says that the calling thread works out its result. The thread that it came on may
	 * not have left it yet.
	 * @return the work, to be ended by the same thread
	 */
	public ResultWork beginResult() {
		ResultWork begun = new ResultWork();
		this.result = begun;
		return begun;
	}

	/**
	 * Says that the calling thread leaves it, or is about to write what must not be
	 * interrupted: from now on it is not, and an interrupt that was meant for this
	 * request is forgotten.
	 */
	public void leave() {
		workerLeaves();
	}

	/**
	 * Sets what its route says about ending it.
	 * @param ofRoute what holds in the place of the choices of whoever ends it
	 */
	public void endRules(EndRules ofRoute) {
		this.rules = ofRoute;
	}

	/**
	 * Whether it may be ended for another reason than the stop of the service.
	 * @param byDefault policy of whoever wants to end it, where its route has none
	 * @return whether its route, its method or its handler allows it
	 */
	public boolean isCancellable(CancelPolicy byDefault) {
		CancelPolicy ofRoute = this.rules.cancel();
		return this.lifetime.isCancellable() || ((ofRoute != null) ? ofRoute : byDefault).allows(this.method);
	}

	void end() {
		this.ended = true;
		// a thread of the application may keep this longer than the request lasts
		workedOnBy(null);
		this.result = null;
		this.inspections = NO_INSPECTIONS;
	}

	/**
	 * Whether it has ended.
	 * @return {@code true} once it was taken out of the table
	 */
	public boolean isEnded() {
		return this.ended;
	}

	/**
	 * Says that its client has left, whether it is ended for that or runs on.
	 */
	public void clientHasLeft() {
		this.clientGone = true;
	}

	/**
	 * Whether its client is known to have left.
	 * @return {@code true} after {@link #clientHasLeft()}
	 */
	public boolean isClientGone() {
		return this.clientGone;
	}

	/**
	 * What handles it.
	 * @return the method of the application, or {@code null} as long as none has matched
	 */
	public @Nullable String handler() {
		Object known = this.handler;
		return (known != null) ? known.toString() : null;
	}

	/**
	 * Method of the request.
	 * @return the method
	 */
	public String method() {
		return this.method;
	}

	/**
	 * Address of the peer.
	 * @return the address as the container reports it
	 */
	public String peer() {
		return this.peer;
	}

	/**
	 * Lifetime of the request.
	 * @return the lifetime
	 */
	public Lifetime lifetime() {
		return this.lifetime;
	}

	/**
	 * Template of the route.
	 * @return the template, or {@code null} as long as none has matched
	 */
	public @Nullable String route() {
		return this.route;
	}

	/**
	 * Where the request is.
	 * @return the phase
	 */
	public Phase phase() {
		return this.phase;
	}

	/**
	 * Thread that works on it.
	 * @return the thread, or {@code null} while no thread does
	 */
	public @Nullable Thread thread() {
		return worker();
	}

	/**
	 * Thread that works out its result, in the place of its own.
	 * @return the thread, or {@code null} while no thread does
	 */
	public @Nullable Thread resultThread() {
		ResultWork elsewhere = this.result;
		return (elsewhere != null) ? elsewhere.worker() : null;
	}

	/**
	 * When it began, by the ticker of {@link RunningRequests}.
	 * @return nanoseconds since an arbitrary origin, to be compared by subtraction
	 */
	public long startedNanos() {
		return this.startedNanos;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return this == other;
	}

	/**
	 * A hash from the start: that of an object's identity is a call into the JVM. Two
	 * that start in one moment share it, which a table of those that run can bear.
	 */
	@Override
	public int hashCode() {
		return Long.hashCode(this.startedNanos * SPREAD);
	}

}
