/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.net.InetAddress;

import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * An {@link Error} ends the call in which it happens, and nothing else.
 */
@Tag("B3")
class ErrorTests {

	@ParameterizedTest
	@EnumSource
	void anErrorEndsItsCallAndNoOther(Place place) {
		try (Peer peer = Peer.answering(Peer.OK);
				Bounded app = Bounded.customized(place::breakAt, "holdfast.client.max-connections-per-route=2")) {
			RestClient client = app.client();
			for (int i = 0; i < 5; i++) {
				assertThatExceptionOfType(NoSuchMethodError.class)
					.isThrownBy(() -> client.get().uri(place.url(peer)).retrieve().toBodilessEntity());
				app.awaitLeased(0);
			}
			assertThat(client.get().uri(peer.url()).retrieve().body(String.class)).isEqualTo("ok");
		}
	}

	@Test
	void anErrorWhileTheBodyIsWrittenEndsItsCallAndNoOther() {
		try (Peer peer = Peer.answering(Peer.OK); Bounded app = Bounded.with()) {
			RestClient client = app.client();
			for (int i = 0; i < 5; i++) {
				assertThatTheBodyFails(client, peer);
				app.awaitLeased(0);
			}
			assertThat(client.get().uri(peer.url()).retrieve().body(String.class)).isEqualTo("ok");
		}
	}

	/**
	 * Boot by itself (HTTPCLIENT-1924).
	 */
	@Test
	void withoutUsTheClientIsDeadForGood() {
		try (Peer peer = Peer.answering(Peer.OK); Bounded app = Bounded.plain()) {
			RestClient client = app.client();
			assertThat(client.get().uri(peer.url()).retrieve().body(String.class)).isEqualTo("ok");
			assertThatTheBodyFails(client, peer);
			assertThatIllegalStateException()
				.isThrownBy(() -> client.get().uri(peer.url()).retrieve().body(String.class))
				.withMessageContaining("shut down");
		}
	}

	private static void assertThatTheBodyFails(RestClient client, Peer peer) {
		assertThatExceptionOfType(NoSuchMethodError.class)
			.isThrownBy(() -> client.post().uri(peer.url()).body((out) -> {
				throw new NoSuchMethodError("body");
			}).retrieve().toBodilessEntity());
	}

	/**
	 * Where something of the application fails.
	 */
	enum Place {

		RESOLVER {
			@Override
			HttpComponentsClientHttpRequestFactoryBuilder breakAt(
					HttpComponentsClientHttpRequestFactoryBuilder builder) {
				return builder.withDnsResolver((PhaseTests.Names) (host) -> {
					if (host.equals("localhost")) {
						throw new NoSuchMethodError(host);
					}
					return InetAddress.getAllByName(host);
				});
			}
		},

		TLS {
			@Override
			HttpComponentsClientHttpRequestFactoryBuilder breakAt(
					HttpComponentsClientHttpRequestFactoryBuilder builder) {
				TlsSocketStrategy broken = (socket, target, port, attachment, context) -> {
					throw new NoSuchMethodError(target);
				};
				return builder.withTlsSocketStrategyFactory((bundle) -> broken);
			}
		},

		INTERCEPTOR {
			@Override
			HttpComponentsClientHttpRequestFactoryBuilder breakAt(
					HttpComponentsClientHttpRequestFactoryBuilder builder) {
				return builder.withHttpClientCustomizer(
						(client) -> client.addRequestInterceptorLast((request, entity, context) -> {
							if (request.getRequestUri().endsWith("broken")) {
								throw new NoSuchMethodError(request.getRequestUri());
							}
						}));
			}
		},

		REUSE {
			@Override
			HttpComponentsClientHttpRequestFactoryBuilder breakAt(
					HttpComponentsClientHttpRequestFactoryBuilder builder) {
				return builder.withHttpClientCustomizer(
						(client) -> client.setConnectionReuseStrategy((request, response, context) -> {
							if (request.getRequestUri().endsWith("broken")) {
								throw new NoSuchMethodError(request.getRequestUri());
							}
							return true;
						}));
			}
		};

		String url(Peer peer) {
			return switch (this) {
				case RESOLVER -> "http://localhost:" + peer.port() + "/";
				case TLS -> "https://127.0.0.1:" + peer.port() + "/";
				default -> peer.url() + "broken";
			};
		}

		abstract HttpComponentsClientHttpRequestFactoryBuilder breakAt(
				HttpComponentsClientHttpRequestFactoryBuilder builder);

	}

}
