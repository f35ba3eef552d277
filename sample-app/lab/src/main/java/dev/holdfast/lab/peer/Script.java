/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.peer;

import java.io.IOException;

/**
 * What a peer does with a connection.
 */
@FunctionalInterface
interface Script {

	/**
	 * Serves a connection; when it returns, the connection is closed.
	 * @param wire the connection
	 * @throws IOException if the client is gone
	 * @throws InterruptedException if the peer ends
	 */
	void serve(Wire wire) throws IOException, InterruptedException;

}
