/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a request ended.
 *
 * @param status its status, 0 if it got none
 * @param type content type of the answer, empty without one
 * @param started whether a byte of an answer was seen
 * @param failure what went wrong, empty if the answer is complete
 * @param nanos when it ended, on the clock of {@link System#nanoTime()}
 */
record Ending(int status, String type, boolean started, String failure, long nanos) {

	boolean isGood() {
		return this.failure.isEmpty() && this.status / 100 == 2;
	}

	/**
	 * Whether it was told that it is not going to be served.
	 * @return {@code true} for a complete problem with status 503
	 */
	boolean isRefused() {
		return this.failure.isEmpty() && this.status == 503 && this.type.startsWith("application/problem+json");
	}

	String text() {
		if (!this.failure.isEmpty()) {
			return this.failure + (this.started ? " in the answer" : " without a byte");
		}
		return this.status + (isGood() ? "" : " " + this.type);
	}

	static String text(List<Ending> endings) {
		Map<String, Integer> texts = new TreeMap<>();
		endings.forEach((ending) -> texts.merge(ending.text(), 1, Integer::sum));
		StringBuilder text = new StringBuilder();
		texts.forEach(
				(kind, count) -> text.append((text.length() > 0) ? ", " : "").append(count).append(" x ").append(kind));
		return text.toString();
	}

	/**
	 * When the last of them ended.
	 * @param endings some requests
	 * @param sinceNanos from when on
	 * @return seconds, such as {@code 4.1 s}
	 */
	static String last(List<Ending> endings, long sinceNanos) {
		return String.format(Locale.ROOT, "%.1f s", lastSeconds(endings, sinceNanos));
	}

	static double lastSeconds(List<Ending> endings, long sinceNanos) {
		return endings.stream().mapToLong((ending) -> ending.nanos() - sinceNanos).max().orElse(0) / 1e9;
	}

}
