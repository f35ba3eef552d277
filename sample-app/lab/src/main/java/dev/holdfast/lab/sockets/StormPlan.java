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
 * @param main what runs it
 */
record StormPlan(String name, int ports, int perSecond, boolean reuse, Class<?> main) {

	/**
	 * Connections of an application with a client that keeps none of them alive.
	 * @param name what it is called
	 * @param ports ephemeral ports that there are
	 * @param perSecond connections per second
	 * @return a storm that the application itself has to announce
	 */
	static StormPlan ofApplication(String name, int ports, int perSecond) {
		return new StormPlan(name, ports, perSecond, false, ApplicationStorm.class);
	}

	boolean isOfApplication() {
		return this.main == ApplicationStorm.class;
	}

	/**
	 * How many connections it is over after, at the latest.
	 * @return half as many again as there are ports
	 */
	int most() {
		return this.ports * 3 / 2;
	}

}
