/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import dev.holdfast.failure.CallPhase;
import org.jspecify.annotations.Nullable;

/**
 * Limits of a single call, given as request attributes. Several may be given; of those
 * for one and the same, the last counts.
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

	private static final CallOptions NOTHING = new CallOptions(null, Map.of());

	private final @Nullable Duration limit;

	private final Map<CallPhase, Duration> phases;

	private CallOptions(@Nullable Duration limit, Map<CallPhase, Duration> phases) {
		this.limit = limit;
		this.phases = phases;
	}

	/**
	 * The whole call, in place of {@code call-timeout}: a body that flows is cut, too.
	 * @param limit longest time, more than nothing, at most 365 days
	 * @return to be given to {@code attributes(...)}
	 * @throws IllegalArgumentException if the time lies outside
	 */
	public static Consumer<Map<String, Object>> timeout(Duration limit) {
		if (limit.isZero() || limit.isNegative()) {
			throw new IllegalArgumentException("The limit of a call must be more than nothing, not " + limit);
		}
		if (limit.compareTo(CallLimits.LONGEST) > 0) {
			throw new IllegalArgumentException("The limit of a call must not be above 365d, as " + limit
					+ " is: use CallOptions.streaming() for a call that may last.");
		}
		return adding((options) -> new CallOptions(limit, options.phases));
	}

	/**
	 * One phase of the call, in place of the limit that the client has for it.
	 * @param phase the phase, any but {@link CallPhase#BACKOFF}
	 * @param limit longest time, from a millisecond to 365 days
	 * @return to be given to {@code attributes(...)}
	 * @throws IllegalArgumentException if the time lies outside, or the phase has no
	 * limit of its own
	 */
	public static Consumer<Map<String, Object>> timeout(CallPhase phase, Duration limit) {
		if (phase == CallPhase.BACKOFF) {
			throw new IllegalArgumentException("A pause before the next attempt has no limit for one call: set "
					+ "holdfast.client.retry.max-pause, or limit the whole call by CallOptions.timeout(Duration).");
		}
		if (limit.compareTo(CallLimits.SHORTEST) < 0 || limit.compareTo(CallLimits.LONGEST) > 0) {
			throw new IllegalArgumentException(
					"The limit of phase " + phase.label() + " must lie between 1ms and 365d, not be " + limit
							+ ": there is no value for 'no limit'. Leave the option out for the limit of the client.");
		}
		return adding((options) -> {
			Map<CallPhase, Duration> phases = new EnumMap<>(CallPhase.class);
			phases.putAll(options.phases);
			phases.put(phase, limit);
			return new CallOptions(options.limit, phases);
		});
	}

	/**
	 * A call whose body may stream for as long as it likes. All other limits stay.
	 * @return to be given to {@code attributes(...)}
	 */
	public static Consumer<Map<String, Object>> streaming() {
		return adding((options) -> new CallOptions(NONE, options.phases));
	}

	private static Consumer<Map<String, Object>> adding(UnaryOperator<CallOptions> more) {
		return (attributes) -> attributes.put(ATTRIBUTE,
				more.apply((attributes.get(ATTRIBUTE) instanceof CallOptions options) ? options : NOTHING));
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
	 * The limits of the call.
	 * @param client limits of the client
	 * @return the same, but for those that were given to the call
	 */
	public CallLimits over(CallLimits client) {
		return new CallLimits(over(client, CallPhase.LEASE), over(client, CallPhase.DNS),
				over(client, CallPhase.CONNECT), over(client, CallPhase.TLS), over(client, CallPhase.HEADERS),
				over(client, CallPhase.BODY), over(client, CallPhase.WRITE),
				(this.limit != null) ? this.limit : client.call(), client.callIsHard() || isLimited());
	}

	private Duration over(CallLimits client, CallPhase phase) {
		Duration own = this.phases.get(phase);
		return (own != null) ? own : client.of(phase);
	}

	/**
	 * Whether the call was given a limit for a phase.
	 * @param phase the phase
	 * @return {@code false} if that of the client counts
	 */
	public boolean isLimited(CallPhase phase) {
		return this.phases.containsKey(phase);
	}

	/**
	 * Whether the call was given a limit as a whole.
	 * @return {@code false} for a stream, and if nothing was said about it
	 */
	public boolean isLimited() {
		return this.limit != null && !this.limit.equals(NONE);
	}

}
