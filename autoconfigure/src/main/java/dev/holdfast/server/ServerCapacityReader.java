/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.server.WebServer;

/**
 * Reads the capacity of one kind of server. Properties would not do: applications replace
 * executors and pools.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface ServerCapacityReader {

	/**
	 * Reads a server that has started.
	 * @param server the server
	 * @return its capacity, or {@code null} if it is of another kind
	 */
	@Nullable ServerCapacity read(WebServer server);

}
