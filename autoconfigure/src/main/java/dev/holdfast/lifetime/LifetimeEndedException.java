/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lifetime;

/**
 * Work was asked to go on although its {@link Lifetime} has ended.
 *
 * @since 0.1.0
 */
public final class LifetimeEndedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final EndReason reason;

	/**
	 * An exception for an end.
	 * @param reason why the lifetime ended
	 */
	public LifetimeEndedException(EndReason reason) {
		super("The lifetime of this work has ended (" + reason + "): stop and give back what it holds");
		this.reason = reason;
	}

	/**
	 * Why the lifetime ended.
	 * @return the reason
	 */
	public EndReason reason() {
		return this.reason;
	}

}
