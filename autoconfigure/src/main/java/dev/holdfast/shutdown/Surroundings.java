/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import dev.holdfast.lifetime.DrainStarted;

/**
 * Who is told of a drain.
 */
interface Surroundings {

	/**
	 * Readiness is taken away: nobody should send anything new.
	 */
	void refuseTraffic();

	/**
	 * Readiness comes back.
	 */
	void acceptTraffic();

	/**
	 * Those who hold connections for long are told.
	 * @param event what they are told
	 */
	void drainStarted(DrainStarted event);

}
