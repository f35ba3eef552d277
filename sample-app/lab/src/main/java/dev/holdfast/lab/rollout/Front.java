/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.IOException;

/**
 * How clients get to an instance that is there. An order to take an instance out returns
 * when it has taken effect.
 */
interface Front extends AutoCloseable {

	/**
	 * Takes an instance in that is ready.
	 * @param instance the instance
	 * @throws IOException if that is not possible
	 */
	void put(Destination instance) throws IOException;

	/**
	 * Sends no further request to an instance, unless it is out already.
	 * @param instance the instance
	 * @throws IOException if that is not possible
	 */
	void remove(Destination instance) throws IOException;

	@Override
	void close();

}
