/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.time.Duration;
import java.util.Set;

import dev.holdfast.leak.Reclaim;
import dev.holdfast.leak.Stacks;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the leak detection.
 *
 * @param suspectAfter Age from which a leased connection is looked at more closely.
 * @param reclaim Which connections are taken back: "certain" those that nobody can give
 * back any more, "abandoned" also those that are left alone for reclaim-after, "none".
 * @param reclaimAfter How long nothing must have been done with an abandoned connection
 * before it is taken back, needed for reclaim=abandoned and not set by default.
 * @param stacks When it is recorded where a connection is taken: "adaptive" for the next
 * ones of a call site that was suspected, "sampled" for one of 128, "always", "off".
 * @param showStacks When the endpoint shows stacks.
 * @param showPeers When the endpoint shows addresses of peers.
 * @param roles Comma-separated list of the roles that count as authorized, empty for
 * every authenticated user.
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "holdfast.leak", ignoreUnknownFields = false)
public record LeakProperties(@DefaultValue("30s") Duration suspectAfter, @DefaultValue("certain") Reclaim reclaim,
		@Nullable Duration reclaimAfter, @DefaultValue("adaptive") Stacks stacks,
		@DefaultValue("when-authorized") Audience showStacks, @DefaultValue("when-authorized") Audience showPeers,
		@DefaultValue Set<String> roles) {
}
