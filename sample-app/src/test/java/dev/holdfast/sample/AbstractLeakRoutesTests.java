/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the leaking route promises on every server, with us and without us: five
 * connections, which are lost one after the other.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.server.port=0", "demo.upstream.port=0" })
abstract class AbstractLeakRoutesTests {

	@LocalServerPort
	private int port;

	private RestTestClient client = RestTestClient.bindToServer().build();

	@BeforeEach
	void connect() {
		this.client = RestTestClient.bindToServer().baseUrl("http://127.0.0.1:" + this.port).build();
	}

	/** One test: what is lost stays lost. */
	@Test
	void leavesResponsesOpenUntilThePoolIsExhausted() {
		assertThat(check().outcome()).isEqualTo("ok");
		assertThat(leak("")).isEqualTo(1);
		assertThat(leak("?count=3&keep=true")).isEqualTo(3);
		assertThat(check().outcome()).isEqualTo("ok");
		assertThat(leak("?count=1000&keep=true")).isEqualTo(1);
		UpstreamAnswer refused = check();
		assertThat(refused.outcome()).isEqualTo("failed");
		assertThat(refused.elapsedMs()).isBetween(450L, 3_000L);
		assertExhausted(refused);
		assertThat(leak("?count=1&keep=false")).isZero();
	}

	/**
	 * What a failure has to tell of a pool without a free connection.
	 */
	abstract void assertExhausted(UpstreamAnswer answer);

	@Test
	void impossibleCountIsTheCallersMistake() {
		for (String count : List.of("0", "-1", "1001", "99999999999", "many")) {
			this.client.get()
				.uri("/demo/leak?count=" + count)
				.exchange()
				.expectStatus()
				.isBadRequest()
				.expectHeader()
				.contentType(MediaType.APPLICATION_PROBLEM_JSON)
				.expectBody()
				.jsonPath("$.detail")
				.isEqualTo("Parameter 'count' must be a whole number from 1 to 1000");
		}
	}

	private int leak(String query) {
		return answer("/demo/leak" + query, LeakController.Leaked.class).leaked();
	}

	private UpstreamAnswer check() {
		return answer("/demo/leak/check", UpstreamAnswer.class);
	}

	private <T> T answer(String uri, Class<T> type) {
		return Objects.requireNonNull(this.client.get()
			.uri(uri)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(type)
			.returnResult()
			.getResponseBody());
	}

}
