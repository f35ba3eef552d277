/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

/**
 * Beside which others a scenario may run: the short form plays those of one kind at the
 * same time.
 */
public enum Company {

	/** It measures a speed, or needs the processors. */
	NONE,

	/**
	 * It waits most of the time, and measures how long: beside others that do no more.
	 */
	QUIET,

	/** It waits for applications to start and to end, and nobody's times are short. */
	PATIENT

}
