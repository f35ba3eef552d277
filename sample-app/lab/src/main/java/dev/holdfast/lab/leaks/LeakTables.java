/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.leaks;

import java.util.Locale;

import dev.holdfast.lab.report.TextTable;

/**
 * What the scenario shows.
 *
 * @param calls what became of the calls
 * @param named what the endpoint told
 */
record LeakTables(TextTable calls, TextTable named) {

	LeakTables() {
		this(new TextTable("variant", "left open", "named after", "taken back after", "calls failed",
				"last failure after", "calls served"),
				new TextTable("burst", "pool", "operation", "route", "handler", "kind", "taken at"));
	}

	/**
	 * Adds what became of the calls.
	 * @param variant with us or without us
	 * @param leftOpen what was done
	 * @param named when all were named, in seconds, negative for never
	 * @param reclaimed when all were taken back, in seconds, negative for never
	 * @param outcome the calls
	 */
	void row(String variant, String leftOpen, double named, double reclaimed, CallSeries.Outcome outcome) {
		this.calls.row(variant, leftOpen, seconds(named), seconds(reclaimed), outcome.failed(),
				seconds(outcome.lastFailure()), outcome.served());
	}

	static String seconds(double seconds) {
		return (seconds < 0) ? "-" : String.format(Locale.ROOT, "%.1f s", seconds);
	}

}
