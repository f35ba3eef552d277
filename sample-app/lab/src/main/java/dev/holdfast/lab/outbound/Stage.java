/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.io.Closeable;
import java.io.IOException;

import dev.holdfast.lab.outbound.Trial.Call;

/**
 * A fault, set up for one client.
 */
interface Stage extends Closeable {

	/**
	 * Does what is not timed.
	 * @return what is
	 * @throws Exception if it cannot be prepared
	 */
	Call prepare() throws Exception;

	/**
	 * A peer and a call to it.
	 * @param peer how the peer is closed in the end
	 * @param call what is timed
	 * @return the stage
	 */
	static Stage of(Closeable peer, Call call) {
		return new Stage() {

			@Override
			public Call prepare() {
				return call;
			}

			@Override
			public void close() throws IOException {
				peer.close();
			}

		};
	}

	/**
	 * Sets a fault up.
	 */
	@FunctionalInterface
	interface Setting {

		Stage stage(BootClient client) throws Exception;

	}

}
