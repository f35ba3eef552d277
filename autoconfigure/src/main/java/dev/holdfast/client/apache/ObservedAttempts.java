/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.http.client.observation.ClientRequestObservationContext;

/**
 * Reads the URI template from Spring's observation of the call, and marks it when the
 * call is tried again (OpenTelemetry's {@code http.request.resend_count}).
 */
final class ObservedAttempts implements AttemptObserver {

	private final Supplier<@Nullable ObservationRegistry> registry;

	private volatile @Nullable ObservationRegistry known;

	ObservedAttempts(Supplier<@Nullable ObservationRegistry> registry) {
		this.registry = registry;
	}

	@Override
	public String template() {
		Observation observation = current();
		return (observation != null && observation.getContext() instanceof ClientRequestObservationContext request
				&& request.getUriTemplate() != null) ? request.getUriTemplate() : "";
	}

	// without an observation of its own, the current one is that of the request being
	// served
	@Override
	public void retried(int number) {
		Observation observation = current();
		if (observation != null && observation.getContext() instanceof ClientRequestObservationContext) {
			observation.highCardinalityKeyValue("http.request.resend_count", Integer.toString(number));
			observation.event(Observation.Event.of("retry", "attempt " + (number + 1)));
		}
	}

	private @Nullable Observation current() {
		ObservationRegistry known = this.known;
		if (known == null) {
			// asked once: a bean factory takes longer than the rest of a call
			ObservationRegistry found = this.registry.get();
			known = (found != null) ? found : ObservationRegistry.NOOP;
			this.known = known;
		}
		return known.getCurrentObservation();
	}

}
