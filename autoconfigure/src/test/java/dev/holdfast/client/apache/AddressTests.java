/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Objects;

import dev.holdfast.client.CallFailure;
import dev.holdfast.client.HttpClients;
import dev.holdfast.failure.FailureKind;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Which addresses a client may call, however they are written.
 */
@Tag("B11")
@ExtendWith(OutputCaptureExtension.class)
class AddressTests {

	/** Names of the application. */
	private static final Map<String, String[]> NAMES = Map.of("metadata.test", new String[] { "169.254.169.254" },
			"mixed.test", new String[] { "169.254.169.254", "127.0.0.1" }, "good.test", new String[] { "127.0.0.1" },
			"proxy.test", new String[] { "127.0.0.1" });

	@ParameterizedTest
	@ValueSource(strings = { "http://169.254.169.254/", "http://[fd00:ec2::254]/", "http://2852039166/",
			"http://[::ffff:a9fe:a9fe]/", "http://metadata.test/" })
	void aMetadataAddressIsBlocked(String url) {
		try (Bounded app = Bounded.customized(AddressTests::names)) {
			CallFailure failure = assertBlocked(() -> app.get(url));
			assertThat((Throwable) failure).hasMessageContaining("holdfast.client.addresses");
			assertThat(failure.isRetryable()).isFalse();
			assertThat(failure.facts().attempts()).isOne();
			assertThat(blocked(app)).isOne();
			app.awaitLeased(0);
		}
	}

	@Test
	void ofSeveralAddressesTheAllowedOneIsCalled() {
		try (Peer peer = Peer.answering(Peer.OK); Bounded app = Bounded.customized(AddressTests::names)) {
			assertThat(app.get("http://mixed.test:" + peer.port() + "/")).isEqualTo("ok");
			assertThat(blocked(app)).isOne();
		}
	}

	@ParameterizedTest
	@CsvSource({ "deny, 127.0.0.1", "deny, 127.0.0.0/8", "deny, internal", "allow, 10.0.0.0/8", "allow, external" })
	void aGroupMayHaveRulesOfItsOwn(String list, String entry) {
		try (Peer peer = Peer.answering(Peer.OK);
				Bounded app = Bounded.with("holdfast.client.groups.fetch.addresses." + list + "=" + entry)) {
			HttpClients clients = app.bean(HttpClients.class);
			assertThat(clients.builder("other").build().get().uri(peer.url()).retrieve().body(String.class))
				.isEqualTo("ok");
			assertBlocked(() -> clients.builder("fetch").build().get().uri(peer.url()).retrieve().toBodilessEntity());
			assertThat(peer.connections()).isOne();
		}
	}

	@Test
	void observeCountsAndCalls() {
		try (Peer peer = Peer.answering(Peer.OK);
				Bounded app = Bounded.with("holdfast.client.addresses.mode=observe",
						"holdfast.client.addresses.deny=127.0.0.1")) {
			assertThat(app.get(peer.url())).isEqualTo("ok");
			assertThat(blocked(app)).isOne();
		}
	}

	@Test
	void offCallsAndCountsNothing() {
		try (Peer peer = Peer.answering(Peer.OK);
				Bounded app = Bounded.with("holdfast.client.addresses.mode=off",
						"holdfast.client.addresses.deny=127.0.0.1")) {
			assertThat(app.get(peer.url())).isEqualTo("ok");
			assertThat(blocked(app)).isZero();
		}
	}

	@Test
	void aBlockedCallIsLoggedAtMostOncePerSecond(CapturedOutput output) {
		try (Bounded app = Bounded.customized(AddressTests::names, "logging.level.root=warn")) {
			long start = System.nanoTime();
			for (int i = 0; i < 20; i++) {
				assertBlocked(() -> app.get("http://metadata.test/"));
			}
			long seconds = 1 + (System.nanoTime() - start) / 1_000_000_000;
			assertThat(blocked(app)).isEqualTo(20);
			assertThat(output.toString().lines().filter((line) -> line.contains("Refused a call of client 'default'")))
				.isNotEmpty()
				.hasSizeLessThanOrEqualTo((int) seconds)
				.allSatisfy((line) -> assertThat(line).contains("'metadata.test'", "169.254.169.254"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://169.254.169.254/", "http://metadata.test/", "http://mixed.test/" })
	void aTargetBehindAProxyIsBlocked(String url) {
		try (Peer proxy = Peer.answering(Peer.OK); Bounded app = Bounded.customized(proxied(proxy))) {
			assertBlocked(() -> app.get(url));
			assertThat(proxy.requests()).isEmpty();
		}
	}

	@Test
	void aRedirectBehindAProxyToAMetadataAddressIsBlocked(CapturedOutput output) {
		try (Peer proxy = Peer.answering(String.join("\r\n", "HTTP/1.1 302 Found",
				"Location: http://169.254.169.254/latest/meta-data/", "Content-Length: 0", "", ""));
				Bounded app = Bounded.customized(proxied(proxy), "logging.level.root=warn")) {
			assertBlocked(() -> app.get("http://good.test/x"));
			assertThat(blocked(app)).isOne();
			assertThat(output.toString().lines().filter((line) -> line.contains("Refused a call of client 'default'")))
				.singleElement()
				.asString()
				.contains("169.254.169.254");
			assertThat(proxy.requests()).singleElement().asString().startsWith("GET http://good.test/x HTTP/1.1");
			app.awaitLeased(0);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://good.test/x", "http://known-to-the-proxy.test/x" })
	void anotherTargetBehindAProxyIsCalled(String url) {
		try (Peer proxy = Peer.answering(Peer.OK); Bounded app = Bounded.customized(proxied(proxy))) {
			assertThat(app.get(url)).isEqualTo("ok");
			assertThat(proxy.requests()).singleElement().asString().startsWith("GET " + url + " HTTP/1.1");
		}
	}

	@Test
	void aHostThatBringsItsAddressIsChecked() throws IOException {
		try (Peer peer = Peer.answering(Peer.OK); Bounded app = Bounded.with()) {
			HttpClient client = ((HttpComponentsClientHttpRequestFactory) app.bean(HttpClients.class)
				.requestFactory("raw")).getHttpClient();
			HttpHost good = new HttpHost("http", InetAddress.getLoopbackAddress(), "any.test", peer.port());
			assertThat(client.<String>execute(good, new HttpGet("/"),
					(response) -> EntityUtils.toString(response.getEntity())))
				.isEqualTo("ok");
			HttpHost bad = new HttpHost("http", InetAddress.getByName("169.254.169.254"), "any.test", 80);
			assertBlocked(() -> client.<String>execute(bad, new HttpGet("/"), (response) -> "never"));
		}
	}

	private static CallFailure assertBlocked(ThrowingCallable call) {
		CallFailure failure = Bounded.failure(catchThrowable(call));
		assertThat(failure.kind()).as("%s", failure).isEqualTo(FailureKind.BLOCKED_ADDRESS);
		return failure;
	}

	private static Bounded.Customizer proxied(Peer proxy) {
		return (builder) -> names(builder)
			.withHttpClientCustomizer((client) -> client.setProxy(new HttpHost("http", "proxy.test", proxy.port())));
	}

	private static HttpComponentsClientHttpRequestFactoryBuilder names(
			HttpComponentsClientHttpRequestFactoryBuilder builder) {
		return builder.withDnsResolver((PhaseTests.Names) AddressTests::resolve);
	}

	private static InetAddress[] resolve(String host) throws UnknownHostException {
		String[] known = NAMES.get(host);
		if (known == null && host.endsWith(".test")) {
			throw new UnknownHostException(host);
		}
		if (known == null) {
			return InetAddress.getAllByName(host);
		}
		InetAddress[] addresses = new InetAddress[known.length];
		for (int i = 0; i < known.length; i++) {
			addresses[i] = InetAddress.getByName(known[i]);
		}
		return addresses;
	}

	static long blocked(Bounded app) {
		Long count = ReflectionTestUtils.invokeMethod(app.pool().stats(), "blockedCount");
		return Objects.requireNonNull(count);
	}

}
