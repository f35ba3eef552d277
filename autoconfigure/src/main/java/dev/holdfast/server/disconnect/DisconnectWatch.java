/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.disconnect;

import java.time.Duration;

import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.report.Mode;
import dev.holdfast.server.RequestCompanion;
import dev.holdfast.server.RequestWatch;
import dev.holdfast.server.Wire;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests be watched whose clients can be. Nothing happens to one that is over
 * before {@code detect-after}.
 */
final class DisconnectWatch implements RequestWatch {

	private final DisconnectSettings settings;

	private final ChannelWatch channels;

	private final Departures departures;

	private volatile boolean blind;

	DisconnectWatch(DisconnectSettings settings, ChannelWatch channels, Departures departures) {
		this.settings = settings;
		this.channels = channels;
		this.departures = departures;
	}

	@Override
	public @Nullable RequestCompanion meet(HttpServletRequest request, RunningRequest running, String route) {
		if (this.settings.mode() == Mode.OFF) {
			return null;
		}
		Wire wire = Wire.of(request);
		if (wire == null) {
			this.blind = true;
			return null;
		}
		return new WatchedRequest(running, wire, wire.channel() != null && hasBody(request), this);
	}

	private static boolean hasBody(HttpServletRequest request) {
		long length = request.getContentLengthLong();
		return length > 0 || (length < 0 && request.getHeader("Transfer-Encoding") != null);
	}

	/**
	 * Age from which a request is watched.
	 * @return the setting
	 */
	Duration detectAfter() {
		return this.settings.detectAfter();
	}

	HalfClose halfClose() {
		return this.settings.halfClose();
	}

	ChannelWatch channels() {
		return this.channels;
	}

	Departures departures() {
		return this.departures;
	}

	/**
	 * Whether requests came that cannot be watched.
	 * @return {@code true} after the first whose server told no wire
	 */
	boolean isBlind() {
		return this.blind;
	}

}
