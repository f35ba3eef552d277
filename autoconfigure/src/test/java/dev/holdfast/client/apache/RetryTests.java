/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;

import dev.holdfast.client.CallFailure;
import dev.holdfast.client.CallOptions;
import dev.holdfast.client.RetryOutcome;
import dev.holdfast.failure.FailureKind;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.core5.util.TimeValue;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.InputStreamResource;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.web.client.HttpServerErrorException;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * What is tried again, when, and how often.
 */
@Tag("B6")
class RetryTests {

	private static final String BUSY = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n";

	private static final String BUSY_FOR = "HTTP/1.1 503 Busy\r\nRetry-After: %s\r\nContent-Length: 0\r\n\r\n";

	@Test
	void aPostIsNotRepeated() {
		try (Peer peer = Peer.answering(BUSY); Bounded app = Bounded.with()) {
			assertBusy(() -> post(app, peer, (call) -> call));
			assertThat(peer.requests()).hasSize(1);
		}
	}

	@Test
	void withoutUsAPostIsRepeated() {
		try (Peer peer = Peer.answering(BUSY); Bounded app = Bounded.plain()) {
			assertBusy(() -> post(app, peer, (call) -> call));
			assertThat(peer.requests()).hasSize(2);
		}
	}

	@Test
	void aPostWithAnIdempotencyKeyIsRepeatedWithIt() {
		try (Peer peer = firstBusy(BUSY); Bounded app = Bounded.with()) {
			assertThat(post(app, peer, (call) -> call.header("Idempotency-Key", "k-17"))).isEqualTo("ok");
			assertThat(peer.requests()).hasSize(2)
				.allSatisfy(
						(request) -> assertThat(request).contains("Idempotency-Key: k-17").endsWith("\r\n\r\norder"));
			assertThat(peer.requests().get(1)).isEqualTo(peer.requests().get(0));
		}
	}

	@Test
	void aGetIsRepeatedOnce() {
		try (Peer peer = Peer.answering(BUSY); Bounded app = Bounded.with()) {
			assertBusy(() -> app.get(peer.url()));
			assertThat(peer.requests()).hasSize(2);
			assertThat(peer.connections()).isOne();
			app.awaitLeased(0);
		}
	}

	@Test
	void aGetIsRepeatedAsOftenAsIsSet() {
		try (Peer peer = Peer.answering(BUSY);
				Bounded app = Bounded.with("holdfast.client.retry.max-attempts=4",
						"holdfast.client.retry.max-pause=20ms")) {
			assertBusy(() -> app.get(peer.url()));
			assertThat(peer.requests()).hasSize(4);
		}
	}

	@Test
	void aPeerThatWantsToBeLeftAloneForLongIsLeftAlone() {
		try (Peer peer = Peer.answering(BUSY_FOR.formatted("30")); Bounded app = Bounded.with()) {
			long start = System.nanoTime();
			assertBusy(() -> app.get(peer.url()));
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
			assertThat(peer.requests()).hasSize(1);
		}
	}

	@Test
	void aPauseThatThePeerAsksForIsMade() {
		try (Peer peer = firstBusy(BUSY_FOR.formatted("1")); Bounded app = Bounded.with()) {
			long start = System.nanoTime();
			assertThat(app.get(peer.url())).isEqualTo("ok");
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
		}
	}

	@Test
	void aPauseThatIsLongerThanTheCallMayLastIsNotMade() {
		try (Peer peer = firstBusy(BUSY_FOR.formatted("2")); Bounded app = Bounded.with()) {
			assertBusy(() -> app.client()
				.get()
				.uri(peer.url())
				.attributes(CallOptions.timeout(Duration.ofMillis(1500)))
				.retrieve()
				.body(String.class));
			assertThat(peer.requests()).hasSize(1);
		}
	}

	@Test
	void aRetryAfterThatIsNoneIsIgnored() {
		try (Peer peer = firstBusy(BUSY_FOR.formatted("soon")); Bounded app = Bounded.with()) {
			assertThat(app.get(peer.url())).isEqualTo("ok");
		}
	}

	@Test
	void nothingIsTriedAgainOnceTheCallWasCut() {
		try (Peer peer = Peer.that((exchange) -> exchange.pause(20_000));
				Bounded app = Bounded.with("holdfast.client.header-timeout=200ms")) {
			CallFailure failure = Bounded.failure(catchThrowable(() -> app.get(peer.url())));
			assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
			assertThat(failure.facts().attempts()).isOne();
			assertThat(peer.requests()).hasSize(1);
		}
	}

	@Test
	@Tag("B10")
	void aGetOnAConnectionThatThePeerHasClosedIsRepeated() {
		try (Peer peer = Peer.that((exchange) -> {
			if (exchange.number() == 2) {
				exchange.reset();
			}
			exchange.write(Peer.OK);
		}); Bounded app = Bounded.with()) {
			assertThat(app.get(peer.url())).isEqualTo("ok");
			assertThat(app.get(peer.url())).isEqualTo("ok");
			assertThat(peer.requests()).hasSize(3);
			assertThat(peer.connections()).isEqualTo(2);
			app.awaitLeased(0);
		}
	}

	@Test
	void aPostOnAConnectionThatThePeerHasClosedIsNotRepeated() {
		try (Peer peer = Peer.that((exchange) -> exchange.reset()); Bounded app = Bounded.with()) {
			CallFailure failure = Bounded.failure(catchThrowable(() -> post(app, peer, (call) -> call)));
			assertThat(failure.kind()).isIn(FailureKind.RESET, FailureKind.CLOSED_BY_PEER);
			assertThat(failure.isRetryable()).isFalse();
			assertThat(peer.requests()).hasSize(1);
		}
	}

	@Test
	void aBodyThatCanBeReadOnceOnlyIsNotRepeated() {
		try (Peer peer = Peer.answering(BUSY); Bounded app = Bounded.with()) {
			assertBusy(() -> app.client()
				.put()
				.uri(peer.url())
				.headers((headers) -> headers.setContentLength(5))
				.body(new InputStreamResource(new ByteArrayInputStream(new byte[5])))
				.retrieve()
				.body(String.class));
			assertThat(peer.requests()).hasSize(1);
		}
	}

	@Test
	void offRepeatsNothing() {
		try (Peer peer = Peer.answering(BUSY); Bounded app = Bounded.with("holdfast.client.retry.mode=off")) {
			assertBusy(() -> app.get(peer.url()));
			assertThat(peer.requests()).hasSize(1);
			assertThat(retried(app, RetryOutcome.RETRIED)).isZero();
		}
	}

	@Test
	void observeRepeatsNothingAndCounts() {
		try (Peer peer = Peer.answering(BUSY); Bounded app = Bounded.with("holdfast.client.retry.mode=observe")) {
			assertBusy(() -> app.get(peer.url()));
			assertThat(peer.requests()).hasSize(1);
			assertThat(retried(app, RetryOutcome.RETRIED)).isOne();
		}
	}

	@Test
	void withoutABudgetThereAreSingleAttempts() {
		try (Peer peer = Peer.answering(BUSY);
				Bounded app = Bounded.with("holdfast.client.retry.budget-ratio=0",
						"holdfast.client.retry.budget-min-per-second=0")) {
			assertBusy(() -> app.get(peer.url()));
			assertThat(peer.requests()).hasSize(1);
			assertThat(retried(app, RetryOutcome.BUDGET)).isOne();
		}
	}

	@Test
	void inAStormTheAttemptsStayWithinTheBudget() {
		try (Peer peer = Peer.answering(BUSY);
				Bounded app = Bounded.with("holdfast.client.retry.budget-ratio=0.1",
						"holdfast.client.retry.budget-min-per-second=1", "holdfast.client.retry.max-pause=1ms")) {
			RestClient client = app.client();
			for (int i = 0; i < 300; i++) {
				assertBusy(() -> client.get().uri(peer.url()).retrieve().body(String.class));
			}
			// a tenth of the calls, and one per second over the window of ten
			assertThat(peer.requests()).hasSizeBetween(310, 300 + 30 + 10 + 5);
		}
	}

	@Test
	void anEndlessBodyOfTheFirstAnswerKeepsNobodyFromTheSecond() {
		assertSecondAnswerAfter((exchange) -> {
			while (true) {
				exchange.write("1000\r\n" + "x".repeat(4096) + "\r\n");
			}
		});
	}

	@Test
	void aDrippingBodyOfTheFirstAnswerKeepsNobodyFromTheSecond() {
		assertSecondAnswerAfter((exchange) -> exchange.drip("1\r\nx\r\n".repeat(1000), 20));
	}

	@Test
	void aHeaderOfAnExecInterceptorIsSentWithEachAttempt() {
		try (Peer peer = firstBusy(BUSY);
				Bounded app = Bounded.customized((builder) -> builder.withHttpClientCustomizer(
						(client) -> client.addExecInterceptorFirst("signed", (request, scope, chain) -> {
							request.addHeader("Signature", "s");
							return chain.proceed(request, scope);
						})))) {
			assertThat(app.get(peer.url())).isEqualTo("ok");
			assertThat(peer.requests()).hasSize(2)
				.allSatisfy((request) -> assertThat(request).containsOnlyOnce("Signature: s"));
		}
	}

	@Test
	void aStrategyOfTheApplicationIsKeptAndNotMultiplied() {
		try (Peer peer = Peer.answering(BUSY);
				Bounded app = Bounded.customized((builder) -> builder.withHttpClientCustomizer((client) -> client
					.setRetryStrategy(new DefaultHttpRequestRetryStrategy(2, TimeValue.ofMilliseconds(1)))))) {
			assertBusy(() -> app.get(peer.url()));
			assertThat(peer.requests()).hasSize(3);
			assertThat(app.findings()).contains("client-own-retry");
		}
	}

	@Test
	void whoeverHasDisabledRetriesHasNone() {
		try (Peer peer = Peer.answering(BUSY);
				Bounded app = Bounded.customized(
						(builder) -> builder.withHttpClientCustomizer((client) -> client.disableAutomaticRetries()))) {
			assertBusy(() -> app.get(peer.url()));
			assertThat(peer.requests()).hasSize(1);
		}
	}

	private static void assertSecondAnswerAfter(Peer.Behaviour rest) {
		try (Peer peer = Peer.that((exchange) -> {
			if (exchange.number() == 1) {
				exchange.write("HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\n\r\n");
				rest.play(exchange);
			}
			exchange.write(Peer.OK);
		}); Bounded app = Bounded.with()) {
			assertThat(app.get(peer.url())).isEqualTo("ok");
			assertThat(peer.connections()).isEqualTo(2);
			app.awaitLeased(0);
		}
	}

	private static Peer firstBusy(String busy) {
		return Peer.that((exchange) -> exchange.write((exchange.number() == 1) ? busy : Peer.OK));
	}

	private static String post(Bounded app, Peer peer, UnaryOperator<RestClient.RequestBodySpec> more) {
		String answer = more.apply(app.client().post().uri(peer.url())).body("order").retrieve().body(String.class);
		return String.valueOf(answer);
	}

	private static void assertBusy(ThrowingCallable call) {
		assertThatExceptionOfType(HttpServerErrorException.ServiceUnavailable.class).isThrownBy(call);
	}

	private static long retried(Bounded app, RetryOutcome outcome) {
		Long count = ReflectionTestUtils.invokeMethod(app.pool().stats(), "retryCount", outcome);
		return Objects.requireNonNull(count);
	}

}
