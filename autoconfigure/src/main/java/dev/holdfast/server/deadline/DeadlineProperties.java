/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.time.Duration;
import java.util.Set;

import dev.holdfast.inflight.CancelPolicy;
import dev.holdfast.report.Mode;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the deadline of requests.
 *
 * @param mode What happens to requests whose time is over.
 * @param headers Comma-separated list of the headers that carry the budget of a caller,
 * grpc-timeout in the format of gRPC and all others in milliseconds; empty for
 * X-Request-Timeout-Ms, grpc-timeout and X-Envoy-Expected-Rq-Timeout-Ms.
 * @param request Longest time from the end of a request's body to the first byte of its
 * response.
 * @param cancel Which requests are ended when their time is over, all others are counted
 * and run on.
 * @param interrupt Whether threads of requests that were ended are interrupted.
 * @param status Status of the answer to requests that were ended, 503 or 504.
 * @param trusted Comma-separated list of the addresses and CIDR ranges of peers whose
 * budget headers shorten the deadline, empty to ignore those headers.
 * @param minBudget Shortest budget that a caller can give.
 * @param closeAfter Time after which the connection of a request that was ended is closed
 * if its handler goes on, unset to leave it open.
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "holdfast.deadline", ignoreUnknownFields = false)
public record DeadlineProperties(@Nullable Mode mode, @DefaultValue Set<String> headers,
		@DefaultValue("60s") Duration request, @DefaultValue("safe") CancelPolicy cancel,
		@DefaultValue("false") boolean interrupt, @DefaultValue("503") int status, @DefaultValue Set<String> trusted,
		@DefaultValue("100ms") Duration minBudget, @Nullable Duration closeAfter) {

	static final String GRPC = "grpc-timeout";

	/**
	 * The headers that carry a budget.
	 * @return those that were chosen, else those in use
	 */
	Set<String> budgetHeaders() {
		return this.headers.isEmpty() ? Set.of("X-Request-Timeout-Ms", GRPC, "X-Envoy-Expected-Rq-Timeout-Ms")
				: this.headers;
	}

}
