/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.Set;

import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the inflight endpoint.
 *
 * @param showStacks When to show the stacks of threads, if they are asked for.
 * @param showPeers When to show the addresses of peers.
 * @param roles Comma-separated list of the roles that count as authorized, empty for
 * every authenticated user.
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "holdfast.inflight", ignoreUnknownFields = false)
public record InFlightProperties(@DefaultValue("when-authorized") Show showStacks,
		@DefaultValue("when-authorized") Show showPeers, @DefaultValue Set<String> roles) {
}
