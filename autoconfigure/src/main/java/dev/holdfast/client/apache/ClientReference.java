/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A client for as long as somebody has it: an application that builds one with other
 * settings for each request must not collect pools for ever.
 *
 * @param <T> type of the client
 */
final class ClientReference<T> {

	private final ReferenceQueue<Object> queue;

	private final List<Runnable> actions = new CopyOnWriteArrayList<>();

	private volatile @Nullable Weak<T> weak;

	ClientReference(ReferenceQueue<Object> queue) {
		this.queue = queue;
	}

	T of(T client) {
		this.weak = new Weak<>(client, this.queue, this.actions);
		return client;
	}

	@Nullable T get() {
		Weak<T> known = this.weak;
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
	 * @param doing runs each of it, whatever becomes of the others
	 */
	static void handle(ReferenceQueue<Object> queue, Consumer<Runnable> doing) {
		for (Object gone = queue.poll(); gone != null; gone = queue.poll()) {
			((Weak<?>) gone).actions.forEach(doing);
		}
	}

	/**
	 * The reference itself; knows what is to be done, and not its owner, which the client
	 * would keep alive.
	 *
	 * @param <T> type of the client
	 */
	private static final class Weak<T> extends WeakReference<T> {

		private final List<Runnable> actions;

		private Weak(T client, ReferenceQueue<Object> queue, List<Runnable> actions) {
			super(client, queue);
			this.actions = actions;
		}

	}

}
