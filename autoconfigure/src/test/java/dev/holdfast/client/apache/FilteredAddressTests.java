/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;

import dev.holdfast.client.CallFailure;
import dev.holdfast.failure.FailureKind;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.http.client.InetAddressFilter;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Addresses that Boot's filter refuses, and those on the way through a proxy.
 */
@Tag("B11")
@ExtendWith(OutputCaptureExtension.class)
class FilteredAddressTests {

	/** Names of the application. */
	private static final Map<String, String> NAMES = Map.of("metadata.test", "169.254.169.254", "proxy.test",
			"127.0.0.1");

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "localhost" })
	void whatBootsFilterRefusesIsABlockedAddress(String host, CapturedOutput output) {
		try (Peer peer = Peer.answering(Peer.OK);
				Bounded app = Bounded.with(List.of(Elsewhere.class), "logging.level.root=warn")) {
			CallFailure failure = assertBlocked(app, "http://" + host + ":" + peer.port() + "/");
			assertThat(failure.isRetryable()).isFalse();
			assertThat(failure.facts().attempts()).isOne();
			assertThat(peer.connections()).isZero();
			assertThat(AddressTests.blocked(app)).isOne();
			assertThat(output).containsOnlyOnce(
					"Refused a call of client 'default' to '" + host + "' (the application's InetAddressFilter)");
			app.awaitLeased(0);
		}
	}

	@Test
	void whatBootsFilterAllowsIsCalled() {
		try (Peer peer = Peer.answering(Peer.OK); Bounded app = Bounded.with(List.of(Here.class))) {
			assertThat(app.get(peer.url())).isEqualTo("ok");
		}
	}

	@Test
	void aProxyWithADeniedAddressIsNotCalled() {
		try (Peer proxy = Peer.answering(Peer.OK);
				Bounded app = behind(proxy, "holdfast.client.addresses.deny=127.0.0.1")) {
			assertBlocked(app, "http://known-to-the-proxy.test/");
			assertThat(proxy.connections()).isZero();
			app.awaitLeased(0);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://169.254.169.254/", "https://metadata.test/" })
	void noTunnelToAMetadataAddressIsAskedFor(String url) {
		try (Peer proxy = refusing(); Bounded app = behind(proxy)) {
			assertBlocked(app, url);
			assertThat(proxy.connections()).isZero();
			app.awaitLeased(0);
		}
	}

	@Test
	void aTunnelToAnotherTargetIsAskedFor() {
		try (Peer proxy = refusing(); Bounded app = behind(proxy)) {
			assertThat(catchThrowable(() -> app.get("https://known-to-the-proxy.test/"))).isNotNull();
			assertThat(proxy.requests()).singleElement()
				.asString()
				.startsWith("CONNECT known-to-the-proxy.test:443 HTTP/1.1\r\n");
		}
	}

	private static Peer refusing() {
		return Peer.answering("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
	}

	private static Bounded behind(Peer proxy, String... properties) {
		return Bounded.customized((builder) -> builder.withDnsResolver((PhaseTests.Names) FilteredAddressTests::resolve)
			.withHttpClientCustomizer((client) -> client.setProxy(new HttpHost("http", "proxy.test", proxy.port()))),
				properties);
	}

	private static InetAddress[] resolve(String host) throws UnknownHostException {
		String known = NAMES.getOrDefault(host, host);
		if (known.endsWith(".test")) {
			throw new UnknownHostException(host);
		}
		return InetAddress.getAllByName(known);
	}

	private static CallFailure assertBlocked(Bounded app, String url) {
		CallFailure failure = Bounded.failure(catchThrowable(() -> app.get(url)));
		assertThat(failure.kind()).as("%s", failure).isEqualTo(FailureKind.BLOCKED_ADDRESS);
		return failure;
	}

	/**
	 * A filter that lets nobody of this machine through.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Elsewhere {

		@Bean
		InetAddressFilter elsewhere() {
			return InetAddressFilter.of("10.0.0.0/8");
		}

	}

	/**
	 * A filter that lets this machine through.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Here {

		@Bean
		InetAddressFilter here() {
			return InetAddressFilter.of("127.0.0.0/8");
		}

	}

}
