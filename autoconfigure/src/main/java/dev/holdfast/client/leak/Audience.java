/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

/**
 * For whom the endpoint shows something. The values are those of Boot's {@code Show},
 * which is not there without the actuator: settings are read without it, too.
 *
 * @since 0.1.0
 */
public enum Audience {

	/** For nobody. */
	NEVER,

	/** For users that are authenticated and have one of the roles. */
	WHEN_AUTHORIZED,

	/** For whoever may read the endpoint. */
	ALWAYS

}
