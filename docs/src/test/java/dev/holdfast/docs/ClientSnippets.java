/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.docs;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import dev.holdfast.client.CallFailure;
import dev.holdfast.client.CallOptions;
import dev.holdfast.client.HttpClients;
import dev.holdfast.failure.CallPhase;
import dev.holdfast.failure.FailureKind;
import org.jspecify.annotations.Nullable;

import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Code of the page {@code client.md}.
 */
final class ClientSnippets {

	private ClientSnippets() {
	}

	// tag::NamedClient
	static final class Prices {

		private final RestClient client;

		Prices(HttpClients clients) {
			this.client = clients.builder("prices").baseUrl("https://prices.example.com").build();
		}

		@Nullable String price(long id) {
			return this.client.get().uri("/prices/{id}", id).retrieve().body(String.class);
		}

	}
	// end::NamedClient

	static final class Calls {

		private final RestClient client;

		Calls(RestClient client) {
			this.client = client;
		}

		// tag::CallOptions
		@Nullable String quote() {
			return this.client.get()
				.uri("/quote")
				.attributes(CallOptions.timeout(Duration.ofSeconds(2)))
				.retrieve()
				.body(String.class);
		}

		void export(Path file) {
			this.client.get().uri("/export").attributes(CallOptions.streaming()).exchange((request, response) -> {
				try (InputStream body = response.getBody()) {
					return Files.copy(body, file);
				}
			});
		}
		// end::CallOptions

		// tag::PhaseOptions
		static RestClient assistant(RestClient.Builder builder) {
			return builder
				.defaultRequest(
						(request) -> request.attributes(CallOptions.timeout(CallPhase.HEADERS, Duration.ofMinutes(10))))
				.build();
		}

		@Nullable String fastOrNothing() {
			return this.client.get()
				.uri("/quote")
				.attributes(CallOptions.timeout(CallPhase.CONNECT, Duration.ofMillis(200)))
				.attributes(CallOptions.timeout(CallPhase.HEADERS, Duration.ofMillis(500)))
				.retrieve()
				.body(String.class);
		}
		// end::PhaseOptions

		// tag::CallFailure
		Optional<String> stock(long id) {
			try {
				return Optional.ofNullable(this.client.get().uri("/stock/{id}", id).retrieve().body(String.class));
			}
			catch (RestClientException ex) {
				CallFailure failure = failureBehind(ex);
				if (failure != null && failure.kind() == FailureKind.TIMEOUT && failure.phase() != CallPhase.BODY) {
					return Optional.empty();
				}
				throw ex;
			}
		}

		private static @Nullable CallFailure failureBehind(Throwable thrown) {
			for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
				if (cause instanceof CallFailure failure) {
					return failure;
				}
			}
			return null;
		}
		// end::CallFailure

	}

}
