/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of Boot's task executor beyond Boot's own keys, which bound it.
 *
 * @param maxQueueAge Longest time a task may wait for its turn; older ones are cancelled,
 * and nothing is too old where it is unset.
 * @param propagateLifetime Whether the lifetime of a request goes with the tasks that it
 * hands to Boot's task executor, and with Micrometer's context.
 * @param pinning Whether to count virtual threads that held their carrier while they
 * waited, by a flight recording.
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "holdfast.executor", ignoreUnknownFields = false)
public record ExecutorProperties(@Nullable Duration maxQueueAge, @DefaultValue("false") boolean propagateLifetime,
		@DefaultValue("false") boolean pinning) {
}
