/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Component;
import org.springframework.util.StreamUtils;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Calls the upstream the way any service would: with the injected builder and no settings
 * of its own.
 */
@Component
final class UpstreamClient {

	private final RestClient client;

	private final MisbehavingUpstream upstream;

	UpstreamClient(RestClient.Builder builder, MisbehavingUpstream upstream) {
		this.client = builder.build();
		this.upstream = upstream;
	}

	UpstreamAnswer call(UpstreamScenario scenario) {
		long start = System.nanoTime();
		try {
			HttpStatusCode status = this.client.get()
				.uri(this.upstream.baseUrl() + "/{scenario}", scenario.id())
				.exchangeForRequiredValue((request, response) -> {
					StreamUtils.drain(response.getBody());
					return response.getStatusCode();
				});
			return answer(status.is2xxSuccessful() ? "ok" : "failed", status, start);
		}
		catch (RestClientException ex) {
			return answer("failed", null, start);
		}
	}

	private static UpstreamAnswer answer(String outcome, @Nullable HttpStatusCode status, long start) {
		return new UpstreamAnswer(outcome, (status != null) ? status.value() : null, null, null,
				TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
	}

}
