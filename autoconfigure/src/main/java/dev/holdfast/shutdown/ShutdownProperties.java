/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the drain.
 *
 * @param delay How long the service goes on serving after SIGTERM, while it tells its
 * peers to go elsewhere; by default 10s on Kubernetes (KUBERNETES_SERVICE_HOST is set)
 * and 0s elsewhere.
 * @param gracePeriod Time from SIGTERM, or from the beginning of a preStop hook, until
 * the process is killed: terminationGracePeriodSeconds, TimeoutStopSec.
 * @param prestopSleep Sleep of a preStop hook, if the pod has one: it is taken from the
 * delay.
 * @param quietPeriod Silence that ends the delay early, when no request has run for this
 * long; not set by default, because at low traffic silence proves nothing.
 * @param prestopToken Value that the header X-Prestop-Token must have for the prestop
 * endpoint, not set by default; needed where the endpoint has no management port of its
 * own.
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "holdfast.shutdown", ignoreUnknownFields = false)
public record ShutdownProperties(@Nullable Duration delay, @DefaultValue("30s") Duration gracePeriod,
		@DefaultValue("0s") Duration prestopSleep, @Nullable Duration quietPeriod, @Nullable String prestopToken) {
}
