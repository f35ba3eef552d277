/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.lang.ref.PhantomReference;
import java.lang.ref.WeakReference;

import dev.holdfast.inflight.CurrentRequest;
import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.leak.Origin;
import org.jspecify.annotations.Nullable;

/**
 * Who has the response of a call: for the time after the call has returned, in which a
 * response may be forgotten. Calls are reachable from the watchdog, so nothing here leads
 * to the response or keeps a thread alive that has it on its stack.
 */
final class Holder {

	private final @Nullable RunningRequest request = CurrentRequest.get();

	// while it calls; afterwards the weak one
	private volatile @Nullable Thread caller = Thread.currentThread();

	private volatile @Nullable WeakReference<Thread> owner;

	/**
	 * Whoever can read or close the body has the entity, or the stream, which has the
	 * entity. Phantom, because a finalizer of the application may still close it. Nobody
	 * waits for it in a queue: a reference that has been cleared says it.
	 */
	private volatile @Nullable PhantomReference<BodyEntity> body;

	private volatile @Nullable Throwable taken;

	void holds(BodyEntity body) {
		this.body = new PhantomReference<>(body, null);
	}

	void took(@Nullable Throwable here) {
		this.taken = here;
	}

	/**
	 * Says that the caller has the response now.
	 */
	void returned() {
		Thread thread = this.caller;
		if (thread != null) {
			this.owner = new WeakReference<>(thread);
			this.caller = null;
		}
	}

	@Nullable Thread thread() {
		Thread calling = this.caller;
		if (calling != null) {
			return calling;
		}
		WeakReference<Thread> weak = this.owner;
		Thread known = (weak != null) ? weak.get() : null;
		return (known != null && known.isAlive()) ? known : null;
	}

	String threadName() {
		Thread known = thread();
		return (known != null) ? known.getName() : "a thread that has ended";
	}

	boolean isCollected() {
		PhantomReference<BodyEntity> known = this.body;
		return known != null && known.refersTo(null);
	}

	@Nullable Throwable taken() {
		return this.taken;
	}

	Origin origin() {
		RunningRequest known = this.request;
		return (known != null) ? Origin.of(known.method(), known.route(), known.handler(), known.isEnded())
				: Origin.NONE;
	}

}
