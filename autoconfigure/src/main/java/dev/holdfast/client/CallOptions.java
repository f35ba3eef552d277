/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Limits of a single call, given as a request attribute.
 *
 * <pre>
 * restClient.get().uri("/quote").attributes(CallOptions.timeout(Duration.ofSeconds(2))).retrieve()
 * </pre>
 *
 * @since 0.1.0
 */
public final class CallOptions {

	private static final String ATTRIBUTE = CallOptions.class.getName();

	private static final ThreadLocal<@Nullable CallOptions> CURRENT = new ThreadLocal<>();

	private static final Duration NONE = Duration.ofDays(365);

	private final Duration limit;

	private CallOptions(Duration limit) {
		this.limit = limit;
	}

	/**
	 * The whole call, in place of {@code call-timeout}: a body that flows is cut, too.
	 * @param limit longest time, more than nothing
	 * @return to be given to {@code attributes(...)}
	 * @throws IllegalArgumentException if the time is zero or negative
	 */
	public static Consumer<Map<String, Object>> timeout(Duration limit) {
		if (limit.isZero() || limit.isNegative()) {
			throw new IllegalArgumentException("The limit of a call must be more than nothing, not " + limit);
		}
		return (attributes) -> attributes.put(ATTRIBUTE, new CallOptions(limit));
	}

	/**
	 * A call whose body may stream for as long as it likes. All other limits stay.
	 * @return to be given to {@code attributes(...)}
	 */
	public static Consumer<Map<String, Object>> streaming() {
		return (attributes) -> attributes.put(ATTRIBUTE, new CallOptions(NONE));
	}

	/**
	 * Options of the call that the calling thread makes.
	 * @return the options, {@code null} if it has none
	 */
	public static @Nullable CallOptions current() {
		return CURRENT.get();
	}

	/**
	 * Sets the options of the call that the calling thread makes next.
	 * @param attributes attributes of the request, {@code null} for none
	 */
	public static void enter(@Nullable Map<String, Object> attributes) {
		if (attributes != null && attributes.get(ATTRIBUTE) instanceof CallOptions options) {
			CURRENT.set(options);
		}
		else if (CURRENT.get() != null) {
			CURRENT.remove();
		}
	}

	/**
	 * The limit of the call.
	 * @return longest time, a year for a stream
	 */
	public Duration limit() {
		return this.limit;
	}

	/**
	 * Whether there is a limit at all.
	 * @return {@code false} for a stream
	 */
	public boolean isLimited() {
		return !this.limit.equals(NONE);
	}

}
