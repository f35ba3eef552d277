/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.disconnect;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.holdfast.inflight.Inspection;
import dev.holdfast.inflight.RunningRequest;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The requests whose clients can be watched. Nothing happens to one that is over before
 * {@code detect-after}: it is put in and taken out.
 */
final class WatchedRequests implements Inspection {

	private final Map<RunningRequest, WatchedRequest> requests = new ConcurrentHashMap<>();

	private final Duration detectAfter;

	private final ChannelWatch watch;

	private final Departures departures;

	private volatile boolean blind;

	WatchedRequests(Duration detectAfter, ChannelWatch watch, Departures departures) {
		this.detectAfter = detectAfter;
		this.watch = watch;
		this.departures = departures;
	}

	/**
	 * Puts a request in, or finds it again on a later dispatch.
	 * @param running its place among those that run
	 * @param request the request
	 * @param response its response
	 * @return the entry that is to be left at the end of the dispatch, {@code null} if
	 * there is nothing to watch
	 */
	@Nullable WatchedRequest enter(RunningRequest running, HttpServletRequest request, ServletResponse response) {
		if (request.getDispatcherType() == DispatcherType.ASYNC) {
			return this.requests.get(running);
		}
		if (!(request.getAttribute(Wire.ATTRIBUTE) instanceof Wire wire)) {
			this.blind = true;
			return null;
		}
		WatchedRequest entry = new WatchedRequest(running, wire, wire.channel() != null && hasBody(request), response,
				this);
		// an entry that is there already belongs to the dispatch around this one
		return (this.requests.putIfAbsent(running, entry) == null) ? entry : null;
	}

	private static boolean hasBody(HttpServletRequest request) {
		long length = request.getContentLengthLong();
		return length > 0 || (length < 0 && request.getHeader("Transfer-Encoding") != null);
	}

	void remove(RunningRequest running) {
		this.requests.remove(running);
	}

	@Override
	public void inspect(RunningRequest request, Duration age) {
		if (age.compareTo(this.detectAfter) >= 0) {
			WatchedRequest entry = this.requests.get(request);
			if (entry != null) {
				entry.look(this.watch, this.departures);
			}
		}
	}

	/**
	 * How many there are.
	 * @return the number now
	 */
	int size() {
		return this.requests.size();
	}

	/**
	 * Whether requests came that cannot be watched.
	 * @return {@code true} after the first whose server told no wire
	 */
	boolean isBlind() {
		return this.blind;
	}

}
