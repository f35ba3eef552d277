/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import dev.holdfast.report.Mode;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the admission.
 *
 * @param mode What admission does with a decision.
 * @param algorithm How the limit is found.
 * @param limit Requests that may run at the same time: a number, or "auto" for a limit
 * that follows from the threads of the running server.
 * @param maxQueued Requests that may wait for a permit: a number, 0 to refuse at once, or
 * "auto" for what the threads of the running server leave room for.
 * @param maxWait Longest time a request may wait for a permit.
 * @param asyncLimit Requests that may be in asynchronous processing, which hold no thread
 * and no permit: a number, or "auto" for 80 % of the server's connections.
 * @param retryAfter Upper bound of the Retry-After header of refusals, which is a whole
 * number of seconds drawn from one to this.
 * @param status Status of refusals, 503 or 429.
 * @param filterOrder Order of the admission filter: a number, or "highest" to stand
 * before all others.
 * @param refusalHeaders Headers that are added to refusals, by name.
 * @param exclude Comma-separated list of path patterns that are bounded by the small
 * limit of health and actuator paths instead of the limit.
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "holdfast.concurrency", ignoreUnknownFields = false)
public record ConcurrencyProperties(@DefaultValue("enforce") Mode mode, @DefaultValue("fixed") Algorithm algorithm,
		@DefaultValue("auto") String limit, @DefaultValue("auto") String maxQueued,
		@DefaultValue("250ms") Duration maxWait, @DefaultValue("auto") String asyncLimit,
		@DefaultValue("3s") Duration retryAfter, @DefaultValue("503") int status,
		@DefaultValue("highest") String filterOrder, @DefaultValue Map<String, String> refusalHeaders,
		@DefaultValue Set<String> exclude) {

	/**
	 * Ways to find the limit.
	 */
	public enum Algorithm {

		/** The limit is a number that stays until somebody changes it. */
		FIXED

	}

}
