/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

/**
 * Answer of a {@link Limiter}. All answers are made once, so that asking allocates
 * nothing.
 *
 * @since 0.1.0
 */
public sealed interface Admission {

	/**
	 * The caller holds a permit and gives it back exactly once.
	 */
	enum Admitted implements Admission {

		/** The only instance. */
		INSTANCE

	}

	/**
	 * The caller holds nothing.
	 *
	 * @param reason why
	 */
	record Shed(ShedReason reason) implements Admission {

		private static final Shed[] ALL = all();

		static Shed of(ShedReason reason) {
			return ALL[reason.ordinal()];
		}

		private static Shed[] all() {
			ShedReason[] reasons = ShedReason.values();
			Shed[] all = new Shed[reasons.length];
			for (ShedReason reason : reasons) {
				all[reason.ordinal()] = new Shed(reason);
			}
			return all;
		}

	}

}
