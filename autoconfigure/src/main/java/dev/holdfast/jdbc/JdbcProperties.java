/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of what is known about pools of database connections.
 *
 * @param trackLeases Whether to remember which thread has which connection of a HikariCP
 * pool, and since when.
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "holdfast.jdbc", ignoreUnknownFields = false)
public record JdbcProperties(@DefaultValue("true") boolean trackLeases) {
}
