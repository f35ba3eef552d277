/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.util.Map;

/**
 * A complete response.
 *
 * @param status its status
 * @param headers its headers, names in lower case
 * @param chunked whether its body came in chunks
 * @param text its body
 */
record Answer(int status, Map<String, String> headers, boolean chunked, String text) {

	Answer {
		headers = Map.copyOf(headers);
	}

	String header(String name) {
		return this.headers.getOrDefault(name, "");
	}

	boolean closes() {
		return header("connection").equalsIgnoreCase("close");
	}

}
