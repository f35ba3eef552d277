/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.util.Locale;

/**
 * Why a task's turn came too late.
 */
enum LateReason {

	/** It had waited longer than a task may. */
	AGE,

	/** The request that had handed it over was over. */
	ENDED;

	String label() {
		return name().toLowerCase(Locale.ROOT);
	}

}
