/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.holdfast.failure.CallPhase;
import dev.holdfast.lifetime.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Which phase a call is in, until when that may last, and what it has spent where.
 * <p>
 * The phases are entered by the thread of the call; others look at them and may cut the
 * call. Both meet in one field: {@code step} holds the phase and its deadline, and, once
 * the call is over, how. A phase that has been left cannot be cut for being too long, for
 * the watchdog swaps exactly the value whose deadline it saw pass.
 */
@SuppressWarnings("EnumOrdinal")
abstract class PhaseClock {

	static final long NEVER = (1L << 57) - 1;

	static final long CUT = 1 << 4;

	static final long FINISHED = 1 << 5;

	private static final CallPhase[] PHASES = CallPhase.values();

	private static final int PHASE_MASK = 0xF;

	private static final int DEADLINE_SHIFT = 6;

	/** Spreads times over a table, as multiplicative hashing does. */
	private static final long SPREAD = 0x9E3779B97F4A7C15L;

	private static final VarHandle STEP;

	static {
		try {
			STEP = MethodHandles.lookup().findVarHandle(PhaseClock.class, "step", long.class);
		}
		catch (ReflectiveOperationException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	private final Ticker ticker;

	private final long begun;

	private final long[] elapsed = new long[PHASES.length];

	private volatile long step = NEVER << DEADLINE_SHIFT;

	// since when the call waits or, as its complement, since when it does not. Of the
	// call's thread; others read it after the volatile step, and may be a step behind
	private long phaseSince = ~0L;

	PhaseClock(Ticker ticker) {
		this.ticker = ticker;
		this.begun = ticker.nanos();
	}

	final long step() {
		return this.step;
	}

	final boolean swap(long seen, long next) {
		return STEP.compareAndSet(this, seen, next);
	}

	static long deadline(long step) {
		return step >>> DEADLINE_SHIFT;
	}

	static long disarmed(long step) {
		return (NEVER << DEADLINE_SHIFT) | (step & PHASE_MASK);
	}

	final long now() {
		return this.ticker.nanos() - this.begun;
	}

	/**
	 * Begins a phase, or the next wait within it.
	 * @param phase the phase
	 * @param limit longest time, in nanoseconds, or {@link #NEVER}
	 * @throws CallCutException if the call has been cut
	 */
	void enter(CallPhase phase, long limit) throws CallCutException {
		long now = account();
		this.phaseSince = now;
		move(phase, (limit >= NEVER - now) ? NEVER : now + limit);
	}

	/**
	 * Ends a wait: time passes for the application now.
	 * @throws CallCutException if the call has been cut
	 */
	void rest() throws CallCutException {
		this.phaseSince = ~account();
		move(phase(), NEVER);
	}

	private long account() {
		long now = now();
		if (this.phaseSince >= 0) {
			this.elapsed[phase().ordinal()] += now - this.phaseSince;
		}
		return now;
	}

	private void move(CallPhase phase, long deadline) throws CallCutException {
		long next = (deadline << DEADLINE_SHIFT) | phase.ordinal();
		long seen;
		do {
			seen = this.step;
			if ((seen & CUT) != 0) {
				throw new CallCutException();
			}
		}
		while (!STEP.compareAndSet(this, seen, next | (seen & FINISHED)));
	}

	CallPhase phase() {
		return phase(this.step);
	}

	static CallPhase phase(long step) {
		return PHASES[(int) (step & PHASE_MASK)];
	}

	/**
	 * Time that a phase may still last, of a limit for all its parts together.
	 * @param phase the phase
	 * @param limit the limit
	 * @param before what had been spent in it before this attempt, in nanoseconds
	 * @return nanoseconds, at least a millisecond
	 */
	long left(CallPhase phase, long limit, long before) {
		long spent = this.elapsed[phase.ordinal()] - before;
		return Math.max(TimeUnit.MILLISECONDS.toNanos(1), limit - spent);
	}

	long spent(CallPhase phase) {
		return this.elapsed[phase.ordinal()];
	}

	/**
	 * Whether a thread waits for the peer, and not for the application.
	 * @return {@code true} within a phase
	 */
	boolean isWaiting() {
		return this.phaseSince >= 0;
	}

	/**
	 * Age of the call when it began to wait, or to rest.
	 * @return nanoseconds
	 */
	long since() {
		long since = this.phaseSince;
		return (since >= 0) ? since : ~since;
	}

	boolean isCut() {
		return (this.step & CUT) != 0;
	}

	long begun() {
		return this.begun;
	}

	long ageNanos() {
		return now();
	}

	Map<CallPhase, Duration> times() {
		this.phaseSince = ~account();
		Map<CallPhase, Duration> times = new EnumMap<>(CallPhase.class);
		for (CallPhase phase : PHASES) {
			if (this.elapsed[phase.ordinal()] > 0) {
				times.put(phase, Duration.ofNanos(this.elapsed[phase.ordinal()]));
			}
		}
		return times;
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
		return Long.hashCode(this.begun * SPREAD);
	}

}
