/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * How long callers say that they will wait. Only those that are trusted are believed:
 * anybody else could have requests ended that others pay for.
 */
final class Budgets {

	private static final int LONGEST_GRPC_NUMBER = 8;

	private static final int LONGEST_NUMBER = 12;

	private final List<PeerRange> trusted;

	private final List<String> headers;

	private final Duration least;

	private final LongAdder ignored = new LongAdder();

	Budgets(List<PeerRange> trusted, Collection<String> headers, Duration least) {
		this.trusted = trusted;
		this.headers = List.copyOf(headers);
		this.least = least;
	}

	/**
	 * The budget of a request.
	 * @param request the request
	 * @return the shortest that its caller gave, {@code null} if there is none or the
	 * caller is not trusted
	 */
	@Nullable Duration of(HttpServletRequest request) {
		if (this.trusted.isEmpty()) {
			return null;
		}
		Duration shortest = null;
		boolean believed = false;
		for (String header : this.headers) {
			String value = request.getHeader(header);
			if (value == null) {
				continue;
			}
			if (!believed && !isTrusted(request.getRemoteAddr())) {
				return null;
			}
			believed = true;
			Duration budget = parse(header, value);
			if (budget == null) {
				this.ignored.increment();
			}
			else if (shortest == null || budget.compareTo(shortest) < 0) {
				shortest = budget;
			}
		}
		return (shortest != null && shortest.compareTo(this.least) < 0) ? this.least : shortest;
	}

	private boolean isTrusted(String peer) {
		byte[] address = PeerRange.address(peer);
		return address != null && this.trusted.stream().anyMatch((range) -> range.contains(address));
	}

	static @Nullable Duration parse(String header, String value) {
		String stripped = value.strip();
		return header.equalsIgnoreCase(DeadlineProperties.GRPC) ? parseGrpc(stripped)
				: isNumber(stripped, LONGEST_NUMBER) ? Duration.ofMillis(Long.parseLong(stripped)) : null;
	}

	// https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md
	private static @Nullable Duration parseGrpc(String value) {
		if (value.isEmpty()) {
			return null;
		}
		String number = value.substring(0, value.length() - 1);
		if (!isNumber(number, LONGEST_GRPC_NUMBER)) {
			return null;
		}
		long count = Long.parseLong(number);
		return switch (value.charAt(value.length() - 1)) {
			case 'H' -> Duration.ofHours(count);
			case 'M' -> Duration.ofMinutes(count);
			case 'S' -> Duration.ofSeconds(count);
			case 'm' -> Duration.ofMillis(count);
			case 'u' -> Duration.ofNanos(count * 1_000);
			case 'n' -> Duration.ofNanos(count);
			default -> null;
		};
	}

	private static boolean isNumber(String text, int longest) {
		return !text.isEmpty() && text.length() <= longest && text.chars().allMatch((c) -> c >= '0' && c <= '9');
	}

	/**
	 * How many budgets of trusted callers made no sense.
	 * @return the count since the start
	 */
	long ignored() {
		return this.ignored.sum();
	}

}
