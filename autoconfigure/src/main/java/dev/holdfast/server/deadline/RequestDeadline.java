/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import dev.holdfast.inflight.Phase;
import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.DeadlineGuard;
import dev.holdfast.lifetime.EndReason;
import dev.holdfast.server.FirstByte;
import dev.holdfast.server.RequestCompanion;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * The deadline of one request.
 * <p>
 * <b>Who notices.</b> The lifetime ends by itself: at the moment if somebody listens to
 * it (a call, a statement, a wait for admission), else when somebody asks it. This is
 * asked first, and again in each round of the patrol, which counts, tells and interrupts.
 * <p>
 * <b>The first byte.</b> Nobody says when a response is committed, short of a wrapper
 * around all ways to write it. So it is asked when the time is over. The response may be
 * read by another thread then: it answers about a flag. When the request has ended
 * meanwhile, the container may have given the response to the next one, and the answer is
 * wrong; but then the lifetime is complete and ends no more, and what is counted is
 * counted only if the request has not ended after the answer.
 * <p>
 * One that is over is asked no more: it was answered in the end. If it was not when the
 * patrol came by last, at most a round before, the clock tells whether it was late: a
 * first byte that went out within that round counts as if it had gone out at its end.
 * <p>
 * <b>The body.</b> Without one the time begins at admission. With one it begins with its
 * end, or with the last read of those who do not read so far.
 */
final class RequestDeadline implements RequestCompanion, DeadlineGuard {

	private static final AtomicIntegerFieldUpdater<RequestDeadline> STATE = AtomicIntegerFieldUpdater
		.newUpdater(RequestDeadline.class, "state");

	private static final int RUNS = 0;

	/** The patrol has looked at it, and found it unanswered. */
	private static final int SEEN = 1;

	private static final int COUNTED = 2;

	private static final int OVER = 3;

	/** Over, and its request may take any time from now on. */
	private static final int FREE = 4;

	private final DeadlineRule rule;

	private final @Nullable BodyClock body;

	private volatile @Nullable HttpServletResponse response;

	private volatile int state = RUNS;

	/**
	 * A deadline that counts from now, or from the end of the body.
	 * @param rule what holds for it
	 * @param running the request
	 * @param hasBody whether its body has yet to be read
	 */
	RequestDeadline(DeadlineRule rule, RunningRequest running, boolean hasBody) {
		this.rule = rule;
		this.body = hasBody ? new BodyClock(running, rule.expiry().ticker(), () -> start(running, Duration.ZERO))
				: null;
	}

	/**
	 * Begins, before the request asks for admission. Until it is admitted it may be given
	 * up whatever its method: nothing has been done for it.
	 * @param running the request
	 */
	void begin(RunningRequest running) {
		if (this.rule.expiry().enforced() && this.body == null) {
			running.startDeadline(this.rule.deadline(Duration.ZERO), this);
		}
	}

	@Override
	public HttpServletRequest admitted(RunningRequest running, HttpServletRequest request,
			HttpServletResponse itsResponse) {
		this.response = itsResponse;
		if (!this.rule.ends(running)) {
			running.liftDeadline();
		}
		return (this.body != null) ? new TimedBody(request, this.body) : request;
	}

	@Override
	public void leftByItsThread(RunningRequest running, HttpServletRequest request) {
		if (!this.rule.chosen() && this.rule.expiry().streams().test(request)) {
			close(FREE);
			running.liftDeadline();
		}
	}

	@Override
	public void finished(RunningRequest running) {
		int before = close(OVER);
		if (before >= OVER) {
			return;
		}
		EndReason reason = running.lifetime().endReason();
		if (reason == EndReason.DEADLINE) {
			// it was ended and has come back before the patrol could look
			if (before < COUNTED) {
				this.rule.expiry().count(running);
			}
			if (running.phase() != Phase.QUEUED) {
				this.rule.expiry().log().ended(running, this.rule.limit());
			}
		}
		else if (reason == null && before == SEEN && isLate(running)) {
			this.rule.expiry().count(running);
		}
	}

	// Since the last look. One that is over before the first is not late, and costs no
	// reading of the clock.
	private boolean isLate(RunningRequest running) {
		Duration since = (this.body != null) ? this.body.sinceLastRead()
				: Duration.ofNanos(this.rule.expiry().ticker().nanos() - running.startedNanos());
		return since != null && since.compareTo(this.rule.limit()) >= 0;
	}

	// on any thread, when the deadline has passed
	@Override
	public @Nullable Deadline next() {
		if (this.state >= OVER || isAnswered()) {
			return Deadline.none();
		}
		if (this.body == null) {
			return null;
		}
		Duration since = this.body.sinceLastRead();
		return (since != null) ? this.rule.deadline(since) : Deadline.none();
	}

	// on the thread of the patrol
	@Override
	public void inspect(RunningRequest running, Duration age) {
		if (this.state >= OVER || running.phase() == Phase.QUEUED) {
			return;
		}
		if (isAnswered()) {
			// with what it was ended with, perhaps: then its end counts it
			if (running.lifetime().endReason() == null) {
				close(FREE);
				running.liftDeadline();
			}
			return;
		}
		Duration since = (this.body != null) ? this.body.sinceLastRead() : age;
		if (since == null) {
			return;
		}
		STATE.compareAndSet(this, RUNS, SEEN);
		start(running, since);
		EndReason reason = running.lifetime().endReason();
		if (reason == EndReason.DEADLINE) {
			cut(running);
		}
		else if (reason != null) {
			close(OVER);
		}
		else if (since.compareTo(this.rule.limit()) >= 0 && !this.rule.ends(running) && !running.isEnded()
				&& STATE.compareAndSet(this, SEEN, COUNTED)) {
			this.rule.expiry().count(running);
			this.rule.expiry().runsOn(running, this.rule.limit());
		}
	}

	// on any thread
	@Override
	public @Nullable Duration timeLeft(RunningRequest running, Duration age) {
		int now = this.state;
		if (now == FREE || isAnswered()) {
			return null;
		}
		if (now == OVER) {
			return (running.lifetime().endReason() != null) ? Duration.ZERO : null;
		}
		Duration since = (this.body != null) ? this.body.sinceLastRead() : age;
		if (since == null) {
			return null;
		}
		Duration left = this.rule.limit().minus(since);
		return left.isNegative() ? Duration.ZERO : left;
	}

	private void cut(RunningRequest running) {
		int before = close(OVER);
		if (before < COUNTED) {
			this.rule.expiry().count(running);
		}
		if (before < OVER) {
			this.rule.expiry().ended(running, this.rule.limit());
		}
	}

	// Of those that may be ended most have it since their admission. The others allow it
	// later, or have a body.
	private void start(RunningRequest running, Duration since) {
		if (this.state < OVER && this.rule.ends(running) && !running.lifetime().deadline().isBounded()) {
			running.startDeadline(this.rule.deadline(since), this);
		}
	}

	private int close(int end) {
		int before = STATE.getAndSet(this, end);
		this.response = null;
		return before;
	}

	private boolean isAnswered() {
		return FirstByte.isOut(this.response);
	}

}
