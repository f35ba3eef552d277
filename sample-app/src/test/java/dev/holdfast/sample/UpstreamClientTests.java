/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;

import dev.holdfast.client.CallFailure.Facts;
import dev.holdfast.client.CallFailures;
import dev.holdfast.failure.CallPhase;
import dev.holdfast.failure.FailureKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

class UpstreamClientTests {

	private final MisbehavingUpstream upstream = new MisbehavingUpstream(new UpstreamProperties(0));

	@BeforeEach
	void start() {
		this.upstream.start();
	}

	@AfterEach
	void stop() {
		this.upstream.stop();
	}

	@Test
	void failureOfABoundedClientTellsItsKindAndPhase() {
		IOException failure = CallFailures.of("no headers within 2s", new Facts("default", "http://127.0.0.1",
				FailureKind.TIMEOUT, CallPhase.HEADERS, Map.of(CallPhase.HEADERS, Duration.ofSeconds(2)), 1, true),
				null);
		assertFailed(answer(failure), "timeout", "headers");
		assertFailed(answer(new IOException(new IOException(failure))), "timeout", "headers");
	}

	@Test
	void failureOfAnyOtherClientTellsItsKind() {
		assertFailed(answer(new SocketTimeoutException("Read timed out")), "timeout", null);
		assertFailed(answer(new IOException("what is this?")), "other", null);
	}

	@Test
	void failureInTheBodyIsAFailure() {
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory();
		requests.setReadTimeout(Duration.ofMillis(300));
		UpstreamClient client = new UpstreamClient(RestClient.builder().requestFactory(requests), this.upstream);
		assertThat(client.call(UpstreamScenario.DRIP_BODY).outcome()).isEqualTo("failed");
		assertThat(client.call(UpstreamScenario.RESET).kind()).isEqualTo("reset");
	}

	private UpstreamAnswer answer(IOException failure) {
		RestClient.Builder builder = RestClient.builder().requestFactory((uri, method) -> {
			throw failure;
		});
		return new UpstreamClient(builder, this.upstream).call(UpstreamScenario.OK);
	}

	private static void assertFailed(UpstreamAnswer answer, String kind, @Nullable String phase) {
		assertThat(answer.outcome()).isEqualTo("failed");
		assertThat(answer.status()).isNull();
		assertThat(answer.kind()).isEqualTo(kind);
		assertThat(answer.phase()).isEqualTo(phase);
	}

}
