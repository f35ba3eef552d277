/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.noise;

import dev.holdfast.report.Mode;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of what becomes of failures that only say that a client has gone.
 *
 * @param mode What is done about them: "enforce" keeps them from error handlers and logs,
 * "observe" only counts them.
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "holdfast.connection-noise", ignoreUnknownFields = false)
public record NoiseProperties(@DefaultValue("enforce") Mode mode) {
}
