/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.util.Map;

/**
 * What became of the GETs.
 *
 * @param sent how many there were
 * @param answered how many were answered with success
 * @param kept how many of these went over a connection that had served others
 * @param failures how many failed, by kind
 */
record KeepAliveResult(int sent, long answered, long kept, Map<String, Long> failures) {

	KeepAliveResult {
		failures = Map.copyOf(failures);
	}

	/**
	 * What was not answered has failed, whether or not it said so.
	 * @return how many were not answered with success
	 */
	long failed() {
		return this.sent - this.answered;
	}

	boolean isPerfect() {
		return failed() == 0;
	}

}
