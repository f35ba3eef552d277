/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.report;

/**
 * A claim and what was found.
 *
 * @param claim what has to hold
 * @param holds whether it does
 * @param found what was measured
 */
public record Check(String claim, boolean holds, String found) {

	@Override
	public String toString() {
		return (this.holds ? "PASS  " : "FAIL  ") + this.claim + ": " + this.found;
	}

}
