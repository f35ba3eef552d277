/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lifetime;

import org.jspecify.annotations.Nullable;

/**
 * Has the last word when a deadline has passed: what was to be done by then may be done
 * without that anybody has said so. Asking late is cheaper than being told each time.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface DeadlineGuard {

	/**
	 * Says what holds in the place of a deadline that has passed, on whatever thread
	 * notices it. It must not block and must not throw.
	 * @return the deadline from now on, {@link Deadline#none()} to lift it, {@code null}
	 * to end the lifetime
	 */
	@Nullable Deadline next();

}
