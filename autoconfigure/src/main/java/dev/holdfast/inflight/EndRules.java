/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.inflight;

import org.jspecify.annotations.Nullable;

/**
 * What a route says about ending its requests, in the place of what holds for all.
 *
 * @param cancel which of them are ended, {@code null} if it says nothing
 * @param interrupt whether their threads are interrupted then, {@code null} if it says
 * nothing
 * @since 0.1.0
 */
public record EndRules(@Nullable CancelPolicy cancel, @Nullable Boolean interrupt) {

	/** Says nothing. */
	public static final EndRules NONE = new EndRules(null, null);

	/**
	 * Whether a route says nothing.
	 * @return {@code true} if the choices of whoever ends the request hold
	 */
	public boolean isEmpty() {
		return this.cancel == null && this.interrupt == null;
	}

}
