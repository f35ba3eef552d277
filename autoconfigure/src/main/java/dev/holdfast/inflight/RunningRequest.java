/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.inflight;

import dev.holdfast.lifetime.EndReason;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.OwnedLifetime;
import org.jspecify.annotations.Nullable;

/**
 * A request that runs: written by the threads that work on it, read by whoever looks.
 *
 * @since 0.1.0
 */
public final class RunningRequest {

	private final String method;

	private final String peer;

	private final OwnedLifetime lifetime;

	private final long startedNanos;

	private volatile @Nullable String route;

	private volatile @Nullable Object handler;

	private volatile @Nullable CancelPolicy policy;

	private volatile boolean ended;

	private volatile Phase phase = Phase.QUEUED;

	private volatile @Nullable Thread thread = Thread.currentThread();

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
		this.thread = (now != Phase.ASYNC) ? Thread.currentThread() : null;
		this.phase = now;
	}

	/**
	 * Names the route once it is known.
	 * @param template template of the route, never a raw path
	 */
	public void route(String template) {
		this.route = template;
	}

	/**
	 * Names what handles it.
	 * @param handler the handler; its text is what operators see
	 */
	public void handler(Object handler) {
		this.handler = handler;
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
	 * Sets what its route says about ending it.
	 * @param ofRoute the policy in the place of the one of whoever ends it
	 */
	public void cancelPolicy(CancelPolicy ofRoute) {
		this.policy = ofRoute;
	}

	/**
	 * Whether it may be ended for another reason than the stop of the service.
	 * @param byDefault policy of whoever wants to end it, where its route has none
	 * @return whether its route, its method or its handler allows it
	 */
	public boolean isCancellable(CancelPolicy byDefault) {
		CancelPolicy ofRoute = this.policy;
		return this.lifetime.isCancellable() || ((ofRoute != null) ? ofRoute : byDefault).allows(this.method);
	}

	void end() {
		this.ended = true;
		// a thread of the application may keep this longer than the request lasts
		this.thread = null;
	}

	/**
	 * Whether it has ended.
	 * @return {@code true} once it was taken out of the table
	 */
	public boolean isEnded() {
		return this.ended;
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
		return this.thread;
	}

	long startedNanos() {
		return this.startedNanos;
	}

}
