/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.jetty;

import java.time.Duration;

import org.eclipse.jetty.server.Connector;

/**
 * The connections over HTTP/2, where Jetty speaks it.
 */
interface Http2Sessions {

	/** Where it does not. */
	Http2Sessions NONE = new Http2Sessions() {

		@Override
		public void goAway(Connector connector) {
			// nobody to tell
		}

		@Override
		public void forget() {
			// nobody was told
		}

		@Override
		public int closeQuiet(Connector connector, Duration quiet) {
			return 0;
		}

	};

	/**
	 * Tells each connection once that it should open no more streams. What is opened all
	 * the same, because it was on its way, is answered. A connection that has come since
	 * the last call is spared until the next.
	 * @param connector whose connections
	 */
	void goAway(Connector connector);

	/**
	 * Forgets who has been told: the next call is a first one.
	 */
	void forget();

	/**
	 * Closes connections that were told and have no streams.
	 * @param connector whose connections
	 * @param quiet how long a connection must have been quiet
	 * @return how many were closed
	 */
	int closeQuiet(Connector connector, Duration quiet);

}
