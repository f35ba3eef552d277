/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.holdfast.client.CallOptions;
import dev.holdfast.failure.CallPhase;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.Ticker;
import org.apache.hc.core5.concurrent.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * One call, from the wait for a connection to the last byte of the body: what it may
 * take, what it holds, and whether somebody has cut it. The watchdog and whoever ends the
 * lifetime may do that at any moment.
 */
final class Call extends PhaseClock {

	private final BoundedPool pool;

	private final String method;

	private final Holder holder = new Holder();

	private final String template;

	private volatile @Nullable Abort abort;

	private volatile @Nullable Cancellable cancellable;

	private volatile @Nullable BoundedEndpoint endpoint;

	private volatile @Nullable CountDownLatch waiter;

	private volatile Lifetime.@Nullable Registration registration;

	private final CallRoute route;

	private final CallLimit limit = new CallLimit();

	private volatile boolean returned;

	private volatile long leasedAt;

	private final Flow flow = new Flow();

	private final Terms terms;

	private final Attempts attempts = new Attempts();

	private int openBodies;

	private volatile long drainingStep = -1;

	Call(BoundedPool pool, Ticker ticker, String method, String template) {
		super(ticker);
		this.pool = pool;
		this.route = new CallRoute(pool);
		this.method = method;
		this.template = template;
		this.terms = new Terms(CallOptions.current(), pool.settings().limits());
	}

	/**
	 * What the call may take as a whole.
	 * @return its limit
	 */
	CallLimit limit() {
		return this.limit;
	}

	/**
	 * What the call may take, phase by phase.
	 * @return its terms
	 */
	Terms terms() {
		return this.terms;
	}

	void cancelBy(@Nullable Cancellable cancellable) {
		this.cancellable = cancellable;
	}

	void endBy(Lifetime.Registration registration) {
		this.registration = registration;
	}

	/**
	 * Time left for the whole call.
	 * @return nanoseconds, not negative
	 */
	long remaining() {
		return Math.max(0, this.limit.deadline() - now());
	}

	/**
	 * Cuts the call if a limit has passed.
	 */
	void check() {
		long seen = step();
		long now = now();
		if ((seen & (CUT | FINISHED)) != 0) {
			return;
		}
		// first: a phase may be bounded by what is left of the call
		if (this.limit.deadline() <= now && !this.limit.isSpared(this.flow, phase(seen), now)) {
			endCall(phase(seen));
		}
		else if (deadline(seen) <= now) {
			endPhase(seen);
		}
	}

	private void endCall(CallPhase phase) {
		this.pool.stats().exceeded(phase);
		Abort why = this.limit.abort(phase, this.terms.setting());
		this.limit.drop();
		if (this.pool.enforces()) {
			kill(why);
		}
	}

	private void endPhase(long seen) {
		CallPhase phase = phase(seen);
		if (this.drainingStep == seen) {
			endDrain(seen);
			return;
		}
		this.pool.stats().exceeded(phase);
		if (!this.pool.enforces()) {
			swap(seen, disarmed(seen));
		}
		else if (swap(seen, seen | CUT)) {
			cut(this.terms.abort(phase));
		}
	}

	// the connection goes, the call stays: it may be about to follow a redirect, or to be
	// tried again
	private void endDrain(long seen) {
		BoundedEndpoint leased = this.endpoint;
		if (swap(seen, disarmed(seen)) && leased != null) {
			leased.undrained();
			leased.discard();
		}
	}

	/**
	 * Cuts the call, whatever it is doing.
	 * @param why what the caller is told
	 */
	void kill(Abort why) {
		long seen;
		do {
			seen = step();
			if ((seen & (CUT | FINISHED)) != 0) {
				return;
			}
			this.abort = why;
		}
		while (!swap(seen, seen | CUT));
		cut(why);
	}

	private void cut(Abort why) {
		this.abort = why;
		CountDownLatch waiting = this.waiter;
		if (waiting != null) {
			waiting.countDown();
		}
		Cancellable cancel = this.cancellable;
		BoundedEndpoint leased = this.endpoint;
		if (leased != null) {
			leased.aborted();
		}
		boolean cancelled = false;
		try {
			cancelled = cancel != null && cancel.cancel();
		}
		finally {
			// a request of the application may refuse, or throw: its thread must not wait
			if (!cancelled && leased != null) {
				leased.discard();
			}
		}
		if (this.returned) {
			// nobody may ever read or close the body: a forgotten one stays nowhere
			finish();
		}
	}

	/**
	 * Why the call was cut.
	 * @return the reason, {@code null} if it was not
	 */
	@Nullable Abort abort() {
		long seen = step();
		if ((seen & CUT) == 0) {
			return null;
		}
		Abort why = this.abort;
		if (why != null) {
			return why;
		}
		// somebody has swapped the step and not yet told why: there is one way only, and
		// another one for what had no deadline
		return (deadline(seen) == NEVER) ? Abort.ofLeak(phase(seen)) : this.terms.abort(phase(seen));
	}

	/**
	 * Waits for something that others do, until it is done, the time is over or the call
	 * is cut.
	 * @param done opened when it is done
	 * @param nanos longest wait
	 * @return whether it was done
	 * @throws CallCutException if the call has been cut
	 * @throws InterruptedException if the thread was interrupted
	 */
	boolean await(CountDownLatch done, long nanos) throws CallCutException, InterruptedException {
		this.waiter = done;
		try {
			boolean inTime = !isCut() && done.await(nanos, TimeUnit.NANOSECONDS);
			if (isCut()) {
				throw new CallCutException();
			}
			return inTime;
		}
		finally {
			this.waiter = null;
		}
	}

	/**
	 * Begins to read what is left of a body.
	 * @param limit longest time, in nanoseconds
	 * @throws CallCutException if the call has been cut
	 */
	void drain(long limit) throws CallCutException {
		enter(CallPhase.BODY, limit);
		this.drainingStep = step();
	}

	void leased(BoundedEndpoint endpoint) {
		this.endpoint = endpoint;
		this.leasedAt = now();
		if (isCut()) {
			endpoint.aborted();
		}
	}

	void released(BoundedEndpoint endpoint) {
		if (this.endpoint == endpoint) {
			this.endpoint = null;
		}
	}

	@Nullable BoundedEndpoint endpoint() {
		return this.endpoint;
	}

	void moved(long more) {
		this.flow.moved(more, spent(phase()), now());
	}

	void received(long more) {
		this.attempts.received(more);
		moved(more);
	}

	Attempts attempts() {
		return this.attempts;
	}

	void bodyOpened(BodyEntity body) {
		this.holder.holds(body);
		this.openBodies++;
	}

	void bodyEnded() {
		if (--this.openBodies == 0 && this.returned) {
			finish();
		}
	}

	/**
	 * Says that the caller has the response now: the call lasts as long as a body is
	 * open.
	 */
	void returned() {
		this.holder.returned();
		this.returned = true;
		if (this.openBodies == 0 || isCut()) {
			finish();
		}
	}

	/**
	 * Whether the caller has the response. Until then its thread is within the call.
	 * @return {@code false} before
	 */
	boolean isReturned() {
		return this.returned;
	}

	/**
	 * Ends the call: nothing cuts it any more.
	 */
	void finish() {
		long seen;
		do {
			seen = step();
			if ((seen & FINISHED) != 0) {
				return;
			}
		}
		while (!swap(seen, seen | FINISHED));
		this.pool.finished(this);
		Lifetime.Registration ended = this.registration;
		if (ended != null) {
			ended.close();
		}
	}

	CallRoute route() {
		return this.route;
	}

	BoundedPool pool() {
		return this.pool;
	}

	String method() {
		return this.method;
	}

	String template() {
		return this.template;
	}

	Flow flow() {
		return this.flow;
	}

	long leasedAt() {
		return this.leasedAt;
	}

	Holder holder() {
		return this.holder;
	}

	/**
	 * Whether nobody can ever close the body.
	 * @return {@code true} once it was garbage-collected without having ended
	 */
	boolean isCollected() {
		// in this order: one that was read to its end was finished before it could be
		// collected
		return this.returned && this.holder.isCollected() && (step() & FINISHED) == 0;
	}

	/**
	 * Takes the connection back from whoever has forgotten it. The request is not
	 * cancelled: the application may have sent it again, in another call.
	 * @return {@code false} if it is given back or used again
	 */
	boolean reclaim() {
		long seen = step();
		BoundedEndpoint leased = this.endpoint;
		// a read that begins in this moment changes the step
		if (leased == null || !this.returned || isWaiting() || (seen & (CUT | FINISHED)) != 0
				|| !swap(seen, seen | CUT)) {
			return false;
		}
		this.abort = Abort.ofLeak(phase(seen));
		leased.reclaimed();
		leased.discard();
		this.pool.connections().release(leased, null, null);
		finish();
		return true;
	}

}
