/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.IOException;
import java.time.Duration;

/**
 * A client with a pool of connections that are kept. It sends a request a second time,
 * once, if its kept connection was closed before a byte of an answer.
 */
interface Caller extends AutoCloseable {

	/**
	 * Sends a GET.
	 * @param port port of an instance
	 * @param path what to ask for
	 * @param timeout how long to wait for the answer
	 * @return the status
	 * @throws IOException if there is no answer
	 * @throws InterruptedException if interrupted
	 */
	int get(int port, String path, Duration timeout) throws IOException, InterruptedException;

	@Override
	void close();

}
