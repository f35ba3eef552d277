/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.util.List;

/**
 * Whose client sends the GETs.
 */
enum KeepAliveVariant {

	/** Spring Boot alone, whose client silently sends a GET a second time. */
	VANILLA("vanilla", false, false),

	/**
	 * Spring Boot alone, as requests find it that must not be sent a second time: shows
	 * how often the moment is met.
	 */
	ONCE("vanilla, nothing sent twice", false, true),

	/** Holdfast as it comes. */
	DEFAULTS("defaults", true, false);

	private final String label;

	private final boolean holdfast;

	private final boolean once;

	KeepAliveVariant(String label, boolean holdfast, boolean once) {
		this.label = label;
		this.holdfast = holdfast;
		this.once = once;
	}

	String label() {
		return this.label;
	}

	List<String> arguments() {
		return List.of("--holdfast.enabled=" + this.holdfast, "--lab.keep-alive.once=" + this.once);
	}

}
