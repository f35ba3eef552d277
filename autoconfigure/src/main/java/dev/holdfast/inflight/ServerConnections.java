/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.inflight;

import java.time.Duration;

/**
 * The connections of a web server, as whoever drains it needs them. Every bean of this
 * type takes part in a drain.
 *
 * @since 0.1.0
 */
public interface ServerConnections {

	/**
	 * How many connections are open.
	 * @return the number now, 0 if the server does not run
	 */
	int open();

	/**
	 * Tells peers to go elsewhere: from now on every response over HTTP/1.1 carries
	 * {@code Connection: close}, and peers over HTTP/2 get GOAWAY. The port stays open,
	 * and what comes is served. Connections that come later have to be told again: to be
	 * called about twice a second for as long as the drain lasts. One over HTTP/2 is told
	 * at the second call that finds it: its client may have come because another was
	 * told, with requests that it has to send first.
	 */
	void announceClose();

	/**
	 * Takes the announcement back: connections that come from now on are kept alive.
	 */
	void resume();

	/**
	 * Closes connections that wait for a request.
	 * @param quiet how long a connection must have been quiet: one that was used a moment
	 * ago may have its next request on the way
	 * @return how many were closed
	 */
	int closeIdle(Duration quiet);

}
