/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

/**
 * A client for as long as somebody has it: an application that builds one with other
 * settings for each request must not collect pools for ever.
 */
final class ClientReference {

	private final ReferenceQueue<LazyClient> queue;

	private final List<Runnable> actions = new CopyOnWriteArrayList<>();

	private volatile @Nullable Weak weak;

	ClientReference(ReferenceQueue<LazyClient> queue) {
		this.queue = queue;
	}

	LazyClient of(LazyClient client) {
		this.weak = new Weak(client, this.queue, this.actions);
		return client;
	}

	@Nullable LazyClient get() {
		Weak known = this.weak;
		return (known != null) ? known.get() : null;
	}

	/**
	 * Adds what is to be done when the client has gone.
	 * @param action what is to be done
	 */
	void onCollected(Runnable action) {
		this.actions.add(action);
	}

	/**
	 * Does what was to be done.
	 * @param queue where clients that have gone are found
	 */
	static void handle(ReferenceQueue<LazyClient> queue) {
		for (Object gone = queue.poll(); gone != null; gone = queue.poll()) {
			((Weak) gone).actions.forEach(Runnable::run);
		}
	}

	/**
	 * The reference itself; knows what is to be done, and not its owner, which the client
	 * would keep alive.
	 */
	private static final class Weak extends WeakReference<LazyClient> {

		private final List<Runnable> actions;

		private Weak(LazyClient client, ReferenceQueue<LazyClient> queue, List<Runnable> actions) {
			super(client, queue);
			this.actions = actions;
		}

	}

}
