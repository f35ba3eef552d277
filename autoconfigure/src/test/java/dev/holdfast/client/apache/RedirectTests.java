/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.nio.file.Path;

import dev.holdfast.failure.FailureKind;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Where a redirect leads to, and what it may take there.
 */
@Tag("B11")
class RedirectTests {

	@Test
	void theSameOriginGetsAllHeaders() {
		try (Peer peer = Peer
			.that((exchange) -> exchange.write((exchange.number() == 1) ? redirect("/elsewhere") : Peer.OK));
				Bounded app = Bounded.with()) {
			assertThat(call(app.client(), peer)).isEqualTo("ok");
			assertThat(peer.requests().get(1)).startsWith("GET /elsewhere ")
				.contains("Authorization: Bearer t", "Cookie: s=1", "X-Api-Key: k", "Accept: text/plain");
		}
	}

	@Test
	void anotherOriginGetsNoCredentialsAndNothingSelfMade() {
		try (Peer other = Peer.answering(Peer.OK);
				Peer peer = Peer.answering(redirect(other.url()));
				Bounded app = Bounded.with()) {
			assertThat(call(app.client(), peer)).isEqualTo("ok");
			assertThat(other.requests()).singleElement()
				.asString()
				.contains("Accept: text/plain")
				.doesNotContainIgnoringCase("Authorization")
				.doesNotContainIgnoringCase("Cookie")
				.doesNotContainIgnoringCase("X-Api-Key")
				.contains("Host: 127.0.0.1:" + other.port());
		}
	}

	@Test
	void anotherOriginGetsTheBodyAndItsType() {
		try (Peer other = Peer.answering(Peer.OK);
				Peer peer = Peer.answering(redirect(other.url()).replace("302 Found", "307 Temporary"));
				Bounded app = Bounded.with()) {
			String answer = app.client()
				.post()
				.uri(peer.url())
				.header("X-Api-Key", "k")
				.contentType(MediaType.TEXT_PLAIN)
				.body("hello")
				.retrieve()
				.body(String.class);
			assertThat(answer).isEqualTo("ok");
			assertThat(other.requests()).singleElement()
				.asString()
				.startsWith("POST ")
				.contains("Content-Type: text/plain")
				.doesNotContain("X-Api-Key")
				.endsWith("hello");
		}
	}

	@Test
	void anAttemptAtAnotherOriginThatIsRepeatedGetsNoCredentialsEither() {
		try (Peer other = Peer.that((exchange) -> exchange
			.write((exchange.number() == 1) ? "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n" : Peer.OK));
				Peer peer = Peer.answering(redirect(other.url()));
				Bounded app = Bounded.with()) {
			assertThat(call(app.client(), peer)).isEqualTo("ok");
			assertThat(other.requests()).hasSize(2)
				.allSatisfy((request) -> assertThat(request).doesNotContain("Authorization", "X-Api-Key", "Cookie"));
		}
	}

	@Test
	void theWayBackCarriesNoCredentialsAnyMore() {
		try (Peer peer = Peer.that((exchange) -> exchange.write((exchange.number() == 1) ? redirect(exchange.request()
			.lines()
			.filter((line) -> line.startsWith("X-Other: "))
			.findFirst()
			.orElseThrow()
			.substring(9)) : Peer.OK));
				Peer other = Peer.answering(redirect(peer.url() + "transfer"));
				Bounded app = Bounded.with()) {
			RestClient client = app.client().mutate().defaultHeader("X-Other", other.url()).build();
			assertThat(call(client, peer)).isEqualTo("ok");
			assertThat(peer.requests().get(1)).startsWith("GET /transfer ")
				.doesNotContain("Authorization", "X-Api-Key", "Cookie");
		}
	}

	@Test
	void theSpellingOfTheHostMakesNoOtherOrigin() {
		try (Peer peer = Peer.that((exchange) -> exchange.write((exchange.number() == 1)
				? redirect("http://localhost:" + exchange.socket().getLocalPort() + "/elsewhere") : Peer.OK));
				Bounded app = Bounded.with()) {
			String answer = app.client()
				.get()
				.uri("http://LOCALHOST:" + peer.port() + "/")
				.header("X-Api-Key", "k")
				.retrieve()
				.body(String.class);
			assertThat(answer).isEqualTo("ok");
			assertThat(peer.requests().get(1)).contains("X-Api-Key: k");
			assertThat(peer.connections()).isOne();
		}
	}

	@Test
	void theWayOutOfTlsCarriesNoCredentials(@TempDir Path folder) throws Exception {
		Certificate certificate = Certificate.in(folder);
		try (Peer plain = Peer.answering(Peer.OK);
				Peer secure = Peer.answering(certificate.listener(), redirect(plain.url()));
				Bounded app = Bounded.with(certificate.trusted())) {
			assertThat(call(app.client(), secure.url().replace("http:", "https:"))).isEqualTo("ok");
			assertThat(secure.requests()).singleElement().asString().contains("Authorization: Bearer t", "Cookie: s=1");
			assertThat(plain.requests()).singleElement()
				.asString()
				.contains("Accept: text/plain")
				.doesNotContainIgnoringCase("Authorization")
				.doesNotContainIgnoringCase("Cookie")
				.doesNotContainIgnoringCase("X-Api-Key");
		}
	}

	@Test
	void anotherSchemeOfTheSameHostAndPortIsAnotherOrigin() {
		HttpHost secure = new HttpHost("https", "shop.test", 8443);
		HttpHost plain = new HttpHost("http", "shop.test", 8443);
		HttpRequest redirect = new BasicHttpRequest("GET", plain, "/");
		redirect.setHeader("X-Api-Key", "k");
		CrossOriginRedirects redirects = new CrossOriginRedirects();
		assertThat(redirects.isRedirectAllowed(secure, secure, redirect, HttpClientContext.create())).isTrue();
		assertThat(redirect.containsHeader("X-Api-Key")).isTrue();
		assertThat(redirects.isRedirectAllowed(secure, plain, redirect, HttpClientContext.create())).isTrue();
		assertThat(redirect.containsHeader("X-Api-Key")).isFalse();
	}

	/**
	 * Boot by itself.
	 */
	@Test
	void withoutUsAnotherOriginGetsTheKey() {
		try (Peer other = Peer.answering(Peer.OK);
				Peer peer = Peer.answering(redirect(other.url()));
				Bounded app = Bounded.plain()) {
			app.client().get().uri(peer.url()).header("X-Api-Key", "k").retrieve().toBodilessEntity();
			assertThat(other.requests()).singleElement().asString().contains("X-Api-Key: k");
		}
	}

	@Test
	void aRedirectToAMetadataAddressIsBlocked() {
		try (Peer peer = Peer.answering(redirect("http://169.254.169.254/latest/meta-data/"));
				Bounded app = Bounded.with()) {
			Throwable thrown = catchThrowable(() -> app.get(peer.url()));
			assertThat(Bounded.failure(thrown).kind()).isEqualTo(FailureKind.BLOCKED_ADDRESS);
			app.awaitLeased(0);
		}
	}

	@Test
	void aRedirectIsNotFollowedIfTheUserSaysSo() {
		try (Peer peer = Peer.answering(redirect("/elsewhere"));
				Bounded app = Bounded.with("spring.http.clients.redirects=dont-follow")) {
			ResponseEntity<Void> answer = app.client().get().uri(peer.url()).retrieve().toBodilessEntity();
			assertThat(answer.getStatusCode()).isEqualTo(HttpStatus.FOUND);
			assertThat(peer.requests()).hasSize(1);
		}
	}

	@Test
	void aDrippingBodyOfARedirectKeepsNobodyFromFollowing() {
		try (Peer peer = Peer.that((exchange) -> {
			if (exchange.number() == 1) {
				exchange.write("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nTransfer-Encoding: chunked\r\n\r\n");
				exchange.drip("1\r\nx\r\n".repeat(1000), 20);
			}
			exchange.write(Peer.OK);
		}); Bounded app = Bounded.with()) {
			assertThat(app.get(peer.url())).isEqualTo("ok");
			app.awaitLeased(0);
		}
	}

	@Test
	void anEndlessBodyOfARedirectKeepsNobodyFromFollowing() {
		try (Peer peer = Peer.that((exchange) -> {
			if (exchange.number() == 1) {
				exchange.write("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nTransfer-Encoding: chunked\r\n\r\n");
				while (true) {
					exchange.write("1000\r\n" + "x".repeat(4096) + "\r\n");
				}
			}
			exchange.write(Peer.OK);
		}); Bounded app = Bounded.with()) {
			assertThat(app.get(peer.url())).isEqualTo("ok");
		}
	}

	@Test
	void aLoopOfRedirectsEnds() {
		try (Peer peer = Peer.answering(redirect("/again")); Bounded app = Bounded.with()) {
			Throwable thrown = catchThrowable(() -> app.get(peer.url()));
			assertThat(Bounded.failure(thrown).kind()).isEqualTo(FailureKind.PROTOCOL);
			app.awaitLeased(0);
		}
	}

	private static String call(RestClient client, Peer peer) {
		return call(client, peer.url());
	}

	private static String call(RestClient client, String url) {
		return String.valueOf(client.get()
			.uri(url)
			.accept(MediaType.TEXT_PLAIN)
			.header("Authorization", "Bearer t")
			.header("Cookie", "s=1")
			.header("X-Api-Key", "k")
			.retrieve()
			.body(String.class));
	}

	private static String redirect(String location) {
		return "HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n";
	}

}
