/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.sockets;

/**
 * Connections that are opened and closed.
 *
 * @param name what it is called
 * @param ports ephemeral ports that there are
 * @param perSecond connections per second
 * @param reuse whether the kernel takes ports in TIME_WAIT again
 */
record StormPlan(String name, int ports, int perSecond, boolean reuse) {

	/**
	 * How many connections it is over after, at the latest.
	 * @return half as many again as there are ports
	 */
	int most() {
		return this.ports * 3 / 2;
	}

}
