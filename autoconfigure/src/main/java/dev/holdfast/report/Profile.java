/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.report;

/**
 * Which defaults apply where the user has set nothing.
 *
 * @since 0.1.0
 */
public enum Profile {

	/** Can be added to any healthy service. */
	COMPATIBLE,

	/** What a new service should run with. */
	STRICT

}
