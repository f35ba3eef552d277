/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.holdfast.report.Mode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the outbound clients that Boot builds. What is unset follows from the
 * profile.
 *
 * @param mode What a client does when a limit is reached.
 * @param leaseTimeout Longest wait for a connection of the pool.
 * @param dnsTimeout Longest time for the resolution of the peer's name.
 * @param connectTimeout Longest time for opening a connection, over all addresses of the
 * peer.
 * @param tlsTimeout Longest time for the TLS handshake as a whole.
 * @param headerTimeout Longest time from the end of the request to the end of the
 * response's headers.
 * @param idleTimeout Longest wait for the next bytes of the response's body.
 * @param writeTimeout Longest time for which the peer takes no byte of the request.
 * @param callTimeout Longest time for the whole call, retries and redirects included: to
 * the headers of an event stream, else to the last byte of the body, unless this is not
 * set and the body flows.
 * @param maxConnectionsPerRoute Connections to one peer: a number, or "auto" for the
 * limit of the admission.
 * @param maxConnections Connections of a pool: a number, or "auto" for twice those to one
 * peer.
 * @param idleConnectionTimeout Time after which an idle connection is closed.
 * @param maxConnectionAge Time after which a connection is used no more, more or less a
 * tenth.
 * @param maxRequestsPerConnection Requests after which a connection is closed.
 * @param retry Whether and how often a call is tried again.
 * @param drain What is read of an unread body on close.
 * @param maxResponseBody Largest body of a response after decompression, unset for no
 * limit.
 * @param maxErrorBody Largest body of a response with a status of 400 or above.
 * @param maxInflation Bytes that one compressed byte may become, in bodies above 10MB.
 * @param addresses Which addresses may be called.
 * @param priorityHeader Whether the priority of the current request is sent on, as the
 * Priority header of RFC 9218.
 * @param budgetHeader Header that tells the peer how many milliseconds are left for the
 * current request, such as X-Request-Timeout-Ms or grpc-timeout, unset for none.
 * @param groups Settings by the name of the client or HTTP service group; what is unset
 * there is inherited.
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "holdfast.client", ignoreUnknownFields = false)
public record ClientProperties(@Nullable Mode mode, @Nullable Duration leaseTimeout, @Nullable Duration dnsTimeout,
		@Nullable Duration connectTimeout, @Nullable Duration tlsTimeout, @Nullable Duration headerTimeout,
		@Nullable Duration idleTimeout, @Nullable Duration writeTimeout, @Nullable Duration callTimeout,
		@Nullable String maxConnectionsPerRoute, @Nullable String maxConnections,
		@Nullable Duration idleConnectionTimeout, @Nullable Duration maxConnectionAge,
		@Nullable Integer maxRequestsPerConnection, @DefaultValue Retry retry, @DefaultValue Drain drain,
		@Nullable DataSize maxResponseBody, @Nullable DataSize maxErrorBody, @Nullable Integer maxInflation,
		@DefaultValue Addresses addresses, @Nullable Boolean priorityHeader, @Nullable String budgetHeader,
		@DefaultValue Map<String, ClientProperties> groups) {

	/**
	 * These settings, and what they leave unset as all clients have it.
	 * @param all settings of all clients
	 * @return settings without groups
	 */
	ClientProperties over(ClientProperties all) {
		return new ClientProperties(first(this.mode, all.mode), first(this.leaseTimeout, all.leaseTimeout),
				first(this.dnsTimeout, all.dnsTimeout), first(this.connectTimeout, all.connectTimeout),
				first(this.tlsTimeout, all.tlsTimeout), first(this.headerTimeout, all.headerTimeout),
				first(this.idleTimeout, all.idleTimeout), first(this.writeTimeout, all.writeTimeout),
				first(this.callTimeout, all.callTimeout),
				first(this.maxConnectionsPerRoute, all.maxConnectionsPerRoute),
				first(this.maxConnections, all.maxConnections),
				first(this.idleConnectionTimeout, all.idleConnectionTimeout),
				first(this.maxConnectionAge, all.maxConnectionAge),
				first(this.maxRequestsPerConnection, all.maxRequestsPerConnection), this.retry.over(all.retry),
				this.drain.over(all.drain), first(this.maxResponseBody, all.maxResponseBody),
				first(this.maxErrorBody, all.maxErrorBody), first(this.maxInflation, all.maxInflation),
				this.addresses.over(all.addresses), first(this.priorityHeader, all.priorityHeader),
				first(this.budgetHeader, all.budgetHeader), Map.of());
	}

	private static <T> @Nullable T first(@Nullable T own, @Nullable T all) {
		return (own != null) ? own : all;
	}

	/**
	 * Whether and how often a call is tried again.
	 *
	 * @param mode What a client does with a call that could be tried again.
	 * @param maxAttempts Attempts of one call, the first included.
	 * @param budgetRatio Retries as a share of the calls of the last ten seconds.
	 * @param budgetMinPerSecond Retries per second that are possible at any rate of
	 * calls.
	 * @param maxPause Longest pause before an attempt; a peer whose Retry-After asks for
	 * more is not asked again.
	 */
	public record Retry(@Nullable Mode mode, @Nullable Integer maxAttempts, @Nullable Double budgetRatio,
			@Nullable Integer budgetMinPerSecond, @Nullable Duration maxPause) {

		private Retry over(Retry all) {
			return new Retry(first(this.mode, all.mode), first(this.maxAttempts, all.maxAttempts),
					first(this.budgetRatio, all.budgetRatio), first(this.budgetMinPerSecond, all.budgetMinPerSecond),
					first(this.maxPause, all.maxPause));
		}

	}

	/**
	 * What is read of an unread body on close, so that the connection can be used again.
	 *
	 * @param maxBytes Bytes that are read at most.
	 * @param maxTime Time that this may take.
	 */
	public record Drain(@Nullable DataSize maxBytes, @Nullable Duration maxTime) {

		private Drain over(Drain all) {
			return new Drain(first(this.maxBytes, all.maxBytes), first(this.maxTime, all.maxTime));
		}

	}

	/**
	 * Which addresses may be called.
	 *
	 * @param mode What a client does with a call to a forbidden address.
	 * @param deny Comma-separated list of addresses, ranges, or the names "metadata",
	 * "internal", "external" and "none"; unset for "metadata".
	 * @param allow Comma-separated list of addresses, ranges or names that may be called,
	 * unset for all; a metadata address only if it is named itself.
	 */
	public record Addresses(@Nullable Mode mode, @Nullable List<String> deny, @Nullable List<String> allow) {

		private Addresses over(Addresses all) {
			return new Addresses(first(this.mode, all.mode), first(this.deny, all.deny), first(this.allow, all.allow));
		}

	}

}
