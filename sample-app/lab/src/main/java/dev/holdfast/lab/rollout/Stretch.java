/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.time.Duration;

/**
 * Traffic that can be sent for some time, and again.
 */
@FunctionalInterface
interface Stretch {

	/**
	 * Sends it.
	 * @param length how long
	 * @return what became of it
	 * @throws Exception if it could not be sent
	 */
	Counts send(Duration length) throws Exception;

}
