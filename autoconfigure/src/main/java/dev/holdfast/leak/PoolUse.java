/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

/**
 * A pool of connections at one moment, outbound or inbound.
 *
 * @param kind what it holds: {@code http}, {@code jdbc}, {@code server}
 * @param name its name: of the client, of the data source, of the connector
 * @param active connections in use
 * @param idle connections that wait to be used
 * @param pending callers that wait for a connection
 * @param max largest number of connections, -1 without a bound
 * @since 0.1.0
 */
public record PoolUse(String kind, String name, int active, int idle, int pending, int max) {
}
