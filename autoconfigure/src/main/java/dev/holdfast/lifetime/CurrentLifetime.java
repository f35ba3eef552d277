/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lifetime;

import org.jspecify.annotations.Nullable;

/**
 * The lifetime that each thread works for. Whoever sets one puts the one before back.
 *
 * @since 0.1.0
 */
public final class CurrentLifetime {

	private static final ThreadLocal<@Nullable Lifetime> CURRENT = new ThreadLocal<>();

	private CurrentLifetime() {
	}

	static Lifetime get() {
		Lifetime lifetime = CURRENT.get();
		return (lifetime != null) ? lifetime : UnboundedLifetime.INSTANCE;
	}

	/**
	 * Sets the lifetime of the calling thread.
	 * @param lifetime the lifetime to work for from now on
	 * @return the one before, to be put back by the same thread
	 */
	public static Lifetime replace(Lifetime lifetime) {
		Lifetime before = get();
		restore(lifetime);
		return before;
	}

	/**
	 * Puts back the lifetime that the calling thread had.
	 * @param before what {@link #replace} returned
	 */
	public static void restore(Lifetime before) {
		// Nothing may stay behind on a pooled thread. An empty slot keeps nothing, and
		// taking it away costs more than all the rest.
		CURRENT.set((before != UnboundedLifetime.INSTANCE) ? before : null);
	}

	/**
	 * Takes the lifetime of the calling thread away: it works for no request any more.
	 * @return the one before, to be put back by the same thread
	 */
	public static Lifetime clear() {
		return replace(UnboundedLifetime.INSTANCE);
	}

	static Runnable capture(Runnable task) {
		Lifetime captured = get();
		return () -> {
			if (captured.endReason() != null && LateTask.cancel(task)) {
				return;
			}
			Lifetime before = replace(captured);
			try {
				task.run();
			}
			finally {
				replace(before);
			}
		};
	}

}
