/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

/**
 * Where a balancer may send requests to.
 */
interface Destination {

	int port();

	int managementPort();

	/**
	 * Asks as a balancer does.
	 * @return whether it wants requests
	 */
	boolean isReady();

}
