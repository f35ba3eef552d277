/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import dev.holdfast.report.Mode;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of what becomes of database connections in the hands of requests.
 *
 * @param mode What happens to the statements of a request that has ended: "enforce"
 * cancels those that run and sends no more, "observe" counts them, "off".
 * @param trackLeases Whether to remember which thread has which connection of a HikariCP
 * pool, and since when.
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "holdfast.jdbc", ignoreUnknownFields = false)
public record JdbcProperties(@DefaultValue("enforce") Mode mode, @DefaultValue("true") boolean trackLeases) {
}
