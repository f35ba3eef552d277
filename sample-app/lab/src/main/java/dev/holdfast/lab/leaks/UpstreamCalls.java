/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.leaks;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Calls of the application to others, by its own meter: to its callers it answers with
 * status 200 when one has failed.
 *
 * @param succeeded those with a good answer
 * @param failed all others
 */
record UpstreamCalls(long succeeded, long failed) {

	private static final Pattern LINE = Pattern
		.compile("(?m)^http_client_requests_seconds_count\\{([^}]*)} ([0-9.E]+)$");

	/**
	 * Reads an answer of {@code /actuator/prometheus}.
	 * @param text the answer
	 * @return the calls since the start
	 */
	static UpstreamCalls parse(String text) {
		long succeeded = 0;
		long failed = 0;
		// a template has braces, too
		Matcher matcher = LINE.matcher(text.replaceAll("uri=\"[^\"]*\"", ""));
		while (matcher.find()) {
			long count = Math.round(Double.parseDouble(matcher.group(2)));
			boolean good = matcher.group(1).contains("outcome=\"SUCCESS\"")
					&& matcher.group(1).contains("exception=\"none\"");
			succeeded += good ? count : 0;
			failed += good ? 0 : count;
		}
		return new UpstreamCalls(succeeded, failed);
	}

}
