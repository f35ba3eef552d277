/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import dev.holdfast.lifetime.DrainStarted;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;

/**
 * Tells the application context: its readiness, and its listeners.
 */
final class ContextSurroundings implements Surroundings {

	private final ApplicationContext context;

	ContextSurroundings(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public void refuseTraffic() {
		AvailabilityChangeEvent.publish(this.context, ReadinessState.REFUSING_TRAFFIC);
	}

	@Override
	public void acceptTraffic() {
		AvailabilityChangeEvent.publish(this.context, ReadinessState.ACCEPTING_TRAFFIC);
	}

	@Override
	public void drainStarted(DrainStarted event) {
		this.context.publishEvent(event);
	}

}
