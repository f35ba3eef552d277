/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.List;

import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.lifetime.EndReason;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Who goes along with one request.
 */
final class Companions {

	private static final @Nullable RequestCompanion[] NONE = {};

	private final RunningRequest running;

	private @Nullable RequestCompanion[] present = NONE;

	Companions(RunningRequest running) {
		this.running = running;
	}

	/**
	 * Lets all meet the request. If one fails, those before it are there.
	 * @param watches who may send a companion
	 * @param request the request
	 * @param route name of its route
	 */
	void join(List<RequestWatch> watches, HttpServletRequest request, String route) {
		@Nullable RequestCompanion[] met = new RequestCompanion[watches.size()];
		this.present = met;
		for (int i = 0; i < met.length; i++) {
			met[i] = watches.get(i).meet(request, this.running, route);
		}
		this.running.inspectBy(met);
	}

	/**
	 * Tells that much is going on.
	 * @return whether nobody waits for the request any more
	 */
	boolean crowded() {
		for (RequestCompanion companion : this.present) {
			if (companion != null) {
				companion.crowded(this.running);
			}
		}
		return this.running.lifetime().endReason() == EndReason.CLIENT_GONE;
	}

	/**
	 * Tells that the request begins.
	 * @param request the request
	 * @param response its response
	 * @return the request that the application sees
	 */
	HttpServletRequest admitted(HttpServletRequest request, HttpServletResponse response) {
		HttpServletRequest seen = request;
		for (RequestCompanion companion : this.present) {
			if (companion != null) {
				seen = companion.admitted(this.running, seen, response);
			}
		}
		return seen;
	}

	/**
	 * Tells that the request goes on without its thread.
	 * @param request the request
	 */
	void leftByItsThread(HttpServletRequest request) {
		for (RequestCompanion companion : this.present) {
			if (companion != null) {
				companion.leftByItsThread(this.running, request);
			}
		}
	}

	/**
	 * Tells that the request is over.
	 */
	void finished() {
		for (RequestCompanion companion : this.present) {
			if (companion != null) {
				companion.finished(this.running);
			}
		}
	}

}
