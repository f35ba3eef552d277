/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.util.concurrent.TimeUnit;

import dev.holdfast.client.CallFailure;
import dev.holdfast.failure.FailureKind;
import dev.holdfast.failure.Failures;
import dev.holdfast.lifetime.Lifetime;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Calls the upstream the way any service would: with the injected builder and no settings
 * of its own.
 */
@Component
final class UpstreamClient {

	private static final int LONGEST_BODY = 65_536;

	private final RestClient client;

	private final MisbehavingUpstream upstream;

	UpstreamClient(RestClient.Builder builder, MisbehavingUpstream upstream) {
		this.client = builder.build();
		this.upstream = upstream;
	}

	/**
	 * Calls the upstream and reads its answer, though no more of it than any sensible
	 * answer has.
	 * @throws dev.holdfast.lifetime.LifetimeEndedException if the work that the call is
	 * part of has ended meanwhile
	 */
	UpstreamAnswer call(UpstreamScenario scenario) {
		long start = System.nanoTime();
		try {
			HttpStatusCode status = this.client.get()
				.uri(this.upstream.baseUrl() + "/{scenario}", scenario.id())
				.exchangeForRequiredValue((request, response) -> {
					response.getBody().readNBytes(LONGEST_BODY);
					return response.getStatusCode();
				});
			return new UpstreamAnswer(status.is2xxSuccessful() ? "ok" : "failed", status.value(), null, null,
					millisSince(start));
		}
		catch (RestClientException ex) {
			// a call that was given up because nobody waits tells nothing of the upstream
			Lifetime.current().throwIfEnded();
			CallFailure failure = failureBehind(ex);
			FailureKind kind = (failure != null) ? failure.kind() : Failures.kindOf(ex);
			return new UpstreamAnswer("failed", null, kind.label(), (failure != null) ? failure.phase().label() : null,
					millisSince(start));
		}
	}

	/**
	 * Calls the upstream for something that there is no work without.
	 * @throws IllegalStateException if the call has failed
	 * @throws dev.holdfast.lifetime.LifetimeEndedException if the work that the call is
	 * part of has ended meanwhile
	 */
	void require(UpstreamScenario scenario) {
		UpstreamAnswer answer = call(scenario);
		if (!"ok".equals(answer.outcome())) {
			throw new IllegalStateException("The upstream did not do '" + scenario.id() + "': " + answer);
		}
	}

	// plain Boot's failures have no phase
	private static @Nullable CallFailure failureBehind(Throwable thrown) {
		for (Throwable failure = thrown; failure != null; failure = failure.getCause()) {
			if (failure instanceof CallFailure callFailure) {
				return callFailure;
			}
		}
		return null;
	}

	private static long millisSince(long start) {
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
	}

}
