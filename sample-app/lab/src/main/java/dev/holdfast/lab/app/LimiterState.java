/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.app;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * State of the server's limiter, as {@code /actuator/concurrency} tells it.
 *
 * @param limit most requests at once
 * @param inFlight requests now
 * @param queued requests waiting now
 * @param admitted requests let in since the start
 */
public record LimiterState(long limit, long inFlight, long queued, long admitted) {

	/**
	 * Whether nothing is held.
	 * @return {@code true} if every permit was given back
	 */
	public boolean isIdle() {
		return this.inFlight == 0 && this.queued == 0;
	}

	static Optional<LimiterState> parse(String json) {
		int server = json.indexOf("\"server\"");
		if (server < 0) {
			return Optional.empty();
		}
		String text = json.substring(server);
		return Optional.of(new LimiterState(number(text, "limit"), number(text, "inFlight"), number(text, "queued"),
				number(text, "admitted")));
	}

	private static long number(String json, String name) {
		Matcher matcher = Pattern.compile("\"" + name + "\"\\s*:\\s*(-?[0-9]+)").matcher(json);
		return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
	}

}
