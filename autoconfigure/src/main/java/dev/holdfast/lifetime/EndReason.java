/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lifetime;

/**
 * Why a {@link Lifetime} ended.
 *
 * @since 0.1.0
 */
public enum EndReason {

	/** The time was over. */
	DEADLINE,

	/** Whoever asked has gone: nobody would read the answer. */
	CLIENT_GONE,

	/** The service is being stopped. */
	SHUTDOWN,

	/** Someone ended it on purpose. */
	CANCELLED

}
