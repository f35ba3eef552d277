/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * Shows the pools of the outbound clients.
 */
@Endpoint(id = "pools", defaultAccess = Access.READ_ONLY)
final class PoolsEndpoint {

	private final Pools pools;

	PoolsEndpoint(Pools pools) {
		this.pools = pools;
	}

	@ReadOperation
	PoolsDescriptor pools() {
		return PoolsDescriptor.of(this.pools.all());
	}

}
