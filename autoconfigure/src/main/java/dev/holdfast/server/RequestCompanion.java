/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import dev.holdfast.inflight.Inspection;
import dev.holdfast.inflight.RunningRequest;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * What goes along with a request from before its admission to its end, called by the
 * threads that work on it. Meanwhile it is asked to look at the request, by another
 * thread.
 *
 * @since 0.1.0
 */
public interface RequestCompanion extends Inspection {

	/**
	 * It asks for admission while much is going on, and may have waited in front of that
	 * for long. Who sees that nobody waits for it any more ends it.
	 * @param running its entry
	 */
	default void crowded(RunningRequest running) {
	}

	/**
	 * It was admitted and is about to be worked on.
	 * @param running its entry
	 * @param request the request
	 * @param response its response
	 * @return the request that the application sees
	 */
	HttpServletRequest admitted(RunningRequest running, HttpServletRequest request, HttpServletResponse response);

	/**
	 * Its thread leaves it, and it goes on without one.
	 * @param running its entry
	 * @param request the request
	 */
	void leftByItsThread(RunningRequest running, HttpServletRequest request);

	/**
	 * It is over, answered or refused. Nothing of it may be kept.
	 * @param running its entry, still among those that run
	 */
	void finished(RunningRequest running);

}
