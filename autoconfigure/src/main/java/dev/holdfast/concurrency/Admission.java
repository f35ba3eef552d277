/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

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

		private static final Map<ShedReason, Shed> ALL = all();

		static Shed of(ShedReason reason) {
			return Objects.requireNonNull(ALL.get(reason));
		}

		private static Map<ShedReason, Shed> all() {
			Map<ShedReason, Shed> all = new EnumMap<>(ShedReason.class);
			for (ShedReason reason : ShedReason.values()) {
				all.put(reason, new Shed(reason));
			}
			return all;
		}

	}

}
