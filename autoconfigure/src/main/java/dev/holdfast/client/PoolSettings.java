/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.time.Duration;

/**
 * How connections are kept.
 *
 * @param maxPerRoute connections to one peer, 0 for the limit of the admission
 * @param maxTotal connections of the pool, 0 for twice that
 * @param idle an idle connection is closed after this time
 * @param maxAge a connection is used no more after this time, more or less a tenth
 * @param maxRequests a connection is closed after this many requests
 */
public record PoolSettings(int maxPerRoute, int maxTotal, Duration idle, Duration maxAge, int maxRequests) {
}
