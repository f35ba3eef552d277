/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.disconnect;

import java.time.Duration;

import dev.holdfast.inflight.CancelPolicy;
import dev.holdfast.report.Mode;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the disconnect watch.
 *
 * @param mode What happens when the client of a running request has left.
 * @param detectAfter Time that a request runs before its client is watched.
 * @param halfClose What it means that a client has closed its direction of the
 * connection.
 * @param cancel Requests that are ended when their client has left; others are counted
 * and run on.
 * @param interrupt Whether the thread of a request that is ended is interrupted, too.
 * @since 0.1.0
 */
@ConfigurationProperties(prefix = "holdfast.disconnect", ignoreUnknownFields = false)
public record DisconnectProperties(@DefaultValue("enforce") Mode mode, @DefaultValue("500ms") Duration detectAfter,
		@DefaultValue("gone") HalfClose halfClose, @DefaultValue("safe") CancelPolicy cancel,
		@DefaultValue("false") boolean interrupt) {
}
