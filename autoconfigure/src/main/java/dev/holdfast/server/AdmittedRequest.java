/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

import dev.holdfast.concurrency.CurrentPriority;
import dev.holdfast.concurrency.Priority;
import dev.holdfast.inflight.CurrentRequest;
import dev.holdfast.inflight.Phase;
import dev.holdfast.inflight.ResultWork;
import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.inflight.RunningRequests;
import dev.holdfast.lifetime.CurrentLifetime;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.OwnedLifetime;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * What a request holds: a permit and its place in the in-flight table. Both are given
 * back exactly once, whoever comes first: the filter, when the request ends on the thread
 * that it came on, or the container, when asynchronous processing completes.
 */
final class AdmittedRequest implements AsyncListener {

	private static final String ATTRIBUTE = AdmittedRequest.class.getName();

	private static final ThreadLocal<@Nullable AdmittedRequest> CURRENT = new ThreadLocal<>();

	private static final AtomicReferenceFieldUpdater<AdmittedRequest, Holding> HOLDING = AtomicReferenceFieldUpdater
		.newUpdater(AdmittedRequest.class, Holding.class, "holding");

	private static final String EVENT_STREAM = "text/event-stream";

	private final RequestClassifier.Target target;

	private final RunningRequest running;

	private final RunningRequests table;

	private final OwnedLifetime lifetime;

	private final Companions companions;

	private volatile Holding holding = Holding.PERMIT;

	// of the dispatch under way, on its thread
	private boolean hasPriority;

	AdmittedRequest(RequestClassifier.Target target, RunningRequest running, RunningRequests table,
			OwnedLifetime lifetime, Companions companions) {
		this.target = target;
		this.running = running;
		this.table = table;
		this.lifetime = lifetime;
		this.companions = companions;
	}

	/**
	 * What was admitted for the request that the calling thread works on.
	 * @return what it holds, or {@code null} if nothing was admitted for it
	 */
	static @Nullable AdmittedRequest current() {
		return CURRENT.get();
	}

	/**
	 * What was admitted for a request that its thread has left.
	 * @param request the request
	 * @return what it holds, or {@code null} if nothing was admitted for it
	 */
	static @Nullable AdmittedRequest leftWith(ServletRequest request) {
		return (AdmittedRequest) request.getAttribute(ATTRIBUTE);
	}

	Lifetime lifetime() {
		return this.lifetime;
	}

	/**
	 * Says that the calling thread works out its result.
	 * @return the work, to be ended by the same thread
	 */
	ResultWork beginResult() {
		return this.running.beginResult();
	}

	/**
	 * Keeps interrupts away that were meant for the work on the request: what follows is
	 * its answer.
	 */
	void endWork() {
		this.running.leave();
	}

	/**
	 * Tells who goes along with the request that it begins.
	 * @param request the request
	 * @param response its response
	 * @return the request that the application sees
	 */
	HttpServletRequest watched(HttpServletRequest request, HttpServletResponse response) {
		return this.companions.admitted(request, response);
	}

	/**
	 * Begins a dispatch on the calling thread.
	 * @return the lifetime that the thread had before, for {@link #afterDispatch}
	 */
	Lifetime beforeDispatch() {
		this.running.enter(Phase.FILTERS);
		Priority priority = this.target.limiter().priority(this.target.lane());
		this.hasPriority = priority != null;
		if (this.hasPriority) {
			CurrentPriority.set(priority);
		}
		CurrentRequest.set(this.running);
		CURRENT.set(this);
		return CurrentLifetime.replace(this.lifetime);
	}

	/**
	 * Ends a dispatch on the calling thread.
	 * @param before lifetime to put back
	 * @param request the request
	 * @param response the response
	 */
	void afterDispatch(Lifetime before, ServletRequest request, ServletResponse response) {
		CurrentLifetime.restore(before);
		if (this.hasPriority) {
			CurrentPriority.set(null);
		}
		CurrentRequest.set(null);
		CURRENT.set(null);
		this.running.leave();
		if (!request.isAsyncStarted()) {
			// after an asynchronous dispatch the container has to complete: it tells us
			if (this.holding == Holding.PERMIT) {
				finish();
			}
			return;
		}
		// it comes back only after this thread has left it
		request.setAttribute(ATTRIBUTE, this);
		this.running.enter(Phase.ASYNC);
		if (request instanceof HttpServletRequest httpRequest) {
			this.companions.leftByItsThread(httpRequest);
		}
		if (this.holding == Holding.PERMIT) {
			leaveThread(request, response);
		}
	}

	private void leaveThread(ServletRequest request, ServletResponse response) {
		try {
			// The container completes only after this thread has left it: no event is
			// missed.
			request.getAsyncContext().addListener(this);
		}
		catch (IllegalStateException ex) {
			// it has completed all the same: nobody will tell us
			finish();
			return;
		}
		String contentType = response.getContentType();
		if (contentType != null && contentType.startsWith(EVENT_STREAM)) {
			this.holding = Holding.PLACE;
			this.target.limiter().release(this.target.lane());
		}
		else if (this.target.limiter().park(this.target.lane())) {
			this.holding = Holding.PARKED;
		}
		else {
			// no parking space: it keeps its permit until it completes
			this.holding = Holding.PERMIT_UNTIL_COMPLETE;
		}
	}

	private void finish() {
		Holding held = HOLDING.getAndSet(this, Holding.NOTHING);
		if (held == Holding.NOTHING) {
			return;
		}
		if (held == Holding.PARKED) {
			this.target.limiter().releaseParked(this.target.lane());
		}
		else if (held != Holding.PLACE) {
			this.target.limiter().release(this.target.lane());
		}
		this.lifetime.complete();
		this.companions.finished();
		this.table.end(this.running);
	}

	@Override
	public void onComplete(AsyncEvent event) {
		finish();
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		// the application may still answer; completion follows
	}

	@Override
	public void onError(AsyncEvent event) {
		// Completion follows, but not always: a handler that throws after it started
		// asynchronous processing leaves Tomcat in a state that it never completes from.
		finish();
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
		// another round: the container has forgotten its listeners
		event.getAsyncContext().addListener(this);
	}

	/**
	 * What a request holds beside its place in the table.
	 */
	private enum Holding {

		/** A permit, given back by the filter. */
		PERMIT,

		/** A permit, given back when asynchronous processing completes. */
		PERMIT_UNTIL_COMPLETE,

		/** A parked permit. */
		PARKED,

		/** No permit: an event stream. */
		PLACE,

		/** Nothing any more, not even the place. */
		NOTHING

	}

}
