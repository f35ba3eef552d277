/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.report;

/**
 * How much a finding matters.
 *
 * @since 0.1.0
 */
public enum Severity {

	/** Worth knowing. */
	INFO,

	/** Will hurt under conditions that production meets. */
	WARNING,

	/** Will take the service down. */
	CRITICAL

}
