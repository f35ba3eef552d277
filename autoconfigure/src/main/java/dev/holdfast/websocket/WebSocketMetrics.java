/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.websocket;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/**
 * Publishes the meters of WebSockets. All are registered at once, so that zeros are
 * visible from the start.
 */
final class WebSocketMetrics implements MeterBinder {

	private final OpenSessions sessions;

	WebSocketMetrics(OpenSessions sessions) {
		this.sessions = sessions;
	}

	@Override
	public void bindTo(MeterRegistry registry) {
		Gauge.builder(WebSocketMeter.SESSIONS.meterName(), this.sessions, OpenSessions::count)
			.description(WebSocketMeter.SESSIONS.description())
			.strongReference(true)
			.register(registry);
		for (CloseReason reason : CloseReason.values()) {
			FunctionCounter.builder(WebSocketMeter.CLOSED.meterName(), this.sessions, (source) -> source.closed(reason))
				.description(WebSocketMeter.CLOSED.description())
				.tag("reason", reason.label())
				.register(registry);
		}
	}

}
