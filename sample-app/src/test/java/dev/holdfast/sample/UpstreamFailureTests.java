/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.time.Duration;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What becomes of each misbehaviour with the limits of the sample: 2 s for the headers, 2
 * s between two bytes of the body, 5 s for all of it.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.server.port=0", "demo.upstream.port=0" })
class UpstreamFailureTests {

	/** Time that a busy machine may add. */
	private static final long SLACK = 1_500;

	@LocalServerPort
	private int port;

	@Autowired
	private MisbehavingUpstream upstream;

	@Autowired
	private Outcomes outcomes;

	@Test
	void goodAnswerIsOk() {
		UpstreamAnswer answer = call(UpstreamScenario.OK);
		assertThat(answer.outcome()).isEqualTo("ok");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.kind()).isNull();
		assertThat(answer.phase()).isNull();
	}

	@Test
	void answerThatTakesItsTimeIsOk() {
		UpstreamAnswer answer = call(UpstreamScenario.SLOW_OK);
		assertThat(answer.outcome()).isEqualTo("ok");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.elapsedMs()).isBetween(1_900L, 2_000 + SLACK);
	}

	@Test
	void refusalIsPassedOnAtOnce() {
		UpstreamAnswer answer = call(UpstreamScenario.UNAVAILABLE);
		assertThat(answer.outcome()).isEqualTo("failed");
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.kind()).isNull();
		assertThat(answer.elapsedMs()).isLessThan(2_000);
	}

	@ParameterizedTest
	@CsvSource({ "SILENT, 2000", "SLOW_HEADERS, 2000", "DRIP_HEADERS, 2000" })
	void headersThatDoNotCompleteTimeOut(UpstreamScenario scenario, long limit) {
		UpstreamAnswer answer = call(scenario);
		assertFailed(answer, "timeout");
		assertThat(answer.phase()).isEqualTo("headers");
		assertThat(answer.elapsedMs()).isBetween(limit - 100, limit + SLACK);
	}

	@Test
	void bodyThatDripsEndsWithTheCall() {
		UpstreamAnswer answer = call(UpstreamScenario.DRIP_BODY);
		assertFailed(answer, "timeout");
		assertThat(answer.phase()).isEqualTo("body");
		assertThat(answer.elapsedMs()).isBetween(4_900L, 5_000 + SLACK);
	}

	@Test
	void connectionThatIsCutIsAReset() {
		UpstreamAnswer answer = call(UpstreamScenario.RESET);
		assertFailed(answer, "reset");
		assertThat(answer.phase()).isIn("headers", "body");
	}

	@Test
	void redirectToTheMetadataIsNotFollowed() {
		UpstreamAnswer answer = call(UpstreamScenario.REDIRECT_METADATA);
		assertFailed(answer, "blocked-address");
		assertThat(answer.elapsedMs()).isLessThan(2_000);
	}

	@Test
	void bodyWithoutAnEndIsLeftAlone() {
		UpstreamAnswer answer = call(UpstreamScenario.ENDLESS);
		assertThat(answer.outcome()).isEqualTo("ok");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.elapsedMs()).isLessThan(3_000);
	}

	@Test
	void callThatFailedHoldsNoConnection() {
		int before = this.upstream.connections();
		call(UpstreamScenario.SILENT);
		await().untilAsserted(() -> assertThat(this.upstream.connections()).isLessThanOrEqualTo(before));
	}

	@Test
	void callThatFailedIsWorkThatCompleted() {
		Outcome before = outcome();
		call(UpstreamScenario.RESET);
		await().untilAsserted(() -> assertThat(outcome().completed() - before.completed()).isEqualTo(1));
		assertThat(outcome().failed()).isEqualTo(before.failed());
	}

	private UpstreamAnswer call(UpstreamScenario scenario) {
		JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory();
		requests.setReadTimeout(Duration.ofSeconds(10));
		return Objects.requireNonNull(RestClient.builder()
			.requestFactory(requests)
			.build()
			.get()
			.uri("http://127.0.0.1:" + this.port + "/demo/upstream/{scenario}", scenario.id())
			.retrieve()
			.body(UpstreamAnswer.class));
	}

	private Outcome outcome() {
		return Objects.requireNonNull(this.outcomes.snapshot().get(DemoRoute.UPSTREAM.id()));
	}

	private static void assertFailed(UpstreamAnswer answer, String kind) {
		assertThat(answer.outcome()).isEqualTo("failed");
		assertThat(answer.status()).isNull();
		assertThat(answer.kind()).isEqualTo(kind);
	}

}
