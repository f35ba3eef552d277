/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.web.servlet.ServletListenerRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What a client sees of the admission, on both servers.
 */
@Tag("C1")
class AdmissionTests {

	@ParameterizedTest
	@EnumSource
	void requestAboveTheLimitIsRefusedAndTheNextIsAdmittedOnceOneHasEnded(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, "holdfast.concurrency.limit=2",
				"holdfast.concurrency.max-queued=0")) {
			CompletableFuture<HttpResponse<String>> first = application.getAsync("/block");
			CompletableFuture<HttpResponse<String>> second = application.getAsync("/block");
			await().until(() -> application.gate().waiting() == 2);
			assertThat(application.limiter().inFlight()).isEqualTo(2);

			HttpResponse<String> refused = application.get("/hello");

			assertThat(refused.statusCode()).isEqualTo(503);
			assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
			assertThat(refused.headers().firstValue("X-Shed-Reason")).hasValue("limit");
			assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 3L);
			assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
			assertThat(refused.body()).isEqualTo("{\"type\":\"about:blank\",\"title\":\"Service Unavailable\","
					+ "\"status\":503,\"detail\":\"As many requests are running as the service admits "
					+ "(holdfast.concurrency.limit).\"}");

			application.gate().open();
			assertThat(first.join().body()).isEqualTo("passed");
			assertThat(second.join().body()).isEqualTo("passed");
			await().until(() -> application.limiter().inFlight() == 0);
			assertThat(application.get("/hello").body()).isEqualTo("hello");
		}
	}

	@ParameterizedTest
	@EnumSource
	void requestThatWaitsIsServedWhenAPermitComesFreeAndRefusedWhenNoneDoes(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, "holdfast.concurrency.limit=1",
				"holdfast.concurrency.max-queued=1", "holdfast.concurrency.max-wait=1s")) {
			CompletableFuture<HttpResponse<String>> running = application.getAsync("/block");
			await().until(() -> application.gate().waiting() == 1);

			CompletableFuture<HttpResponse<String>> waiting = application.getAsync("/hello");
			await().until(() -> application.limiter().queued() == 1);
			HttpResponse<String> refused = application.get("/hello");
			assertThat(refused.headers().firstValue("X-Shed-Reason")).hasValue("queue");
			assertThat(waiting.join().headers().firstValue("X-Shed-Reason")).hasValue("timeout");

			CompletableFuture<HttpResponse<String>> lucky = application.getAsync("/hello");
			await().until(() -> application.limiter().queued() == 1);
			application.gate().open();
			assertThat(lucky.join().body()).isEqualTo("hello");
			running.join();
		}
	}

	@ParameterizedTest
	@EnumSource
	void statusRetryAfterAndFurtherHeadersOfRefusalsAreTheOperatorsChoice(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, "holdfast.concurrency.limit=1",
				"holdfast.concurrency.max-queued=0", "holdfast.concurrency.status=429",
				"holdfast.concurrency.retry-after=1s",
				"holdfast.concurrency.refusal-headers.Access-Control-Allow-Origin=*")) {
			application.begin("/block");
			await().until(() -> application.gate().waiting() == 1);

			HttpResponse<String> refused = application.get("/hello");

			assertThat(refused.statusCode()).isEqualTo(429);
			assertThat(refused.headers().firstValue("Connection")).isEmpty();
			assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
			assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
			assertThat(refused.body()).contains("\"status\":429", "Too Many Requests");
		}
	}

	@ParameterizedTest
	@EnumSource
	void bodyOfARefusedRequestIsNotWaitedFor(ServerKind kind) throws Exception {
		try (RunningApplication application = RunningApplication.start(kind, "holdfast.concurrency.limit=1",
				"holdfast.concurrency.max-queued=0")) {
			application.begin("/block");
			await().until(() -> application.gate().waiting() == 1);

			// ten megabytes announced, not one byte sent: the answer and the close come
			// all the same
			String answer = application
				.raw("POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10485760\r\n\r\n");

			assertThat(answer).startsWith("HTTP/1.1 503").containsIgnoringCase("Connection: close");
		}
	}

	@ParameterizedTest
	@EnumSource
	void bodyOf64KbIsNoReasonToCloseAndAByteMoreIs(ServerKind kind) throws Exception {
		// Tomcat ends the connection of every 503
		try (RunningApplication application = RunningApplication.start(kind, "holdfast.concurrency.limit=1",
				"holdfast.concurrency.max-queued=0", "holdfast.concurrency.status=429")) {
			application.begin("/block");
			await().until(() -> application.gate().waiting() == 1);
			String head = "POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: ";

			try (RawConnection connection = RawConnection.to(application.port())) {
				connection.send(head + "65536\r\n\r\n");
				RawConnection.Answer refused = connection.answer();
				assertThat(refused.head()).startsWith("http/1.1 429");
				assertThat(refused.isLast()).isFalse();
				// Jetty reads what has come by now, and ends the connection if that is
				// not all
				if (kind == ServerKind.TOMCAT) {
					connection.send("x".repeat(65536));
					assertThat(connection.get("/hello").head()).startsWith("http/1.1 429");
				}
			}
			try (RawConnection connection = RawConnection.to(application.port())) {
				connection.send(head + "65537\r\n\r\n");
				RawConnection.Answer refused = connection.answer();
				assertThat(refused.head()).startsWith("http/1.1 429");
				assertThat(refused.isLast()).isTrue();
				assertThat(connection.isEnded()).isTrue();
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void retryAfterIsDrawnFromAllSecondsUpToTheOperatorsChoice(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, "holdfast.concurrency.limit=1",
				"holdfast.concurrency.max-queued=0", "holdfast.concurrency.retry-after=3s")) {
			application.begin("/block");
			await().until(() -> application.gate().waiting() == 1);
			// one of three stays out of 80 in one of 10^13 runs
			Set<String> drawn = new TreeSet<>();
			for (int i = 0; i < 80; i++) {
				drawn.add(application.get("/hello").headers().firstValue("Retry-After").orElse("none"));
			}
			assertThat(drawn).containsExactly("1", "2", "3");
		}
	}

	@ParameterizedTest
	@EnumSource
	void refusalCreatesNoSession(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, SessionPerRequest.class, false,
				"holdfast.concurrency.limit=1", "holdfast.concurrency.max-queued=0")) {
			AtomicInteger created = application.context().getBean(SessionPerRequest.class).created;
			assertThat(application.get("/hello").headers().firstValue("Set-Cookie")).isPresent();
			application.begin("/block");
			await().until(() -> application.gate().waiting() == 1);
			assertThat(created).hasValue(2);

			HttpResponse<String> refused = application.get("/hello");

			assertThat(refused.statusCode()).isEqualTo(503);
			assertThat(refused.headers().firstValue("Set-Cookie")).isEmpty();
			assertThat(created).hasValue(2);
		}
	}

	@ParameterizedTest
	@EnumSource
	void dispatchWithinARequestTakesNoSecondPermit(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, "holdfast.concurrency.limit=1",
				"holdfast.concurrency.max-queued=0")) {
			for (String path : List.of("/include", "/forward")) {
				assertThat(application.get(path).body()).as(path).isEqualTo("hello");
				await().until(() -> application.limiter().inFlight() == 0);
			}
			assertThat(application.limiter().admitted()).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@EnumSource
	void handlerRunsUnderItsOwnLifetimeAndTheThreadKeepsNothing(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind)) {
			assertThat(application.get("/lifetime").body()).isEqualTo("OwnedLifetime");
			await().until(() -> application.running().size() == 0);
		}
	}

	@EnabledForJreRange(min = JRE.JAVA_21)
	@ParameterizedTest
	@EnumSource
	void handlerRunsOnAVirtualThreadWhereTheyAreEnabled(ServerKind kind) {
		for (boolean virtual : new boolean[] { true, false }) {
			try (RunningApplication application = RunningApplication.start(kind,
					"spring.threads.virtual.enabled=" + virtual)) {
				assertThat(application.get("/thread").body().startsWith("VirtualThread[")).isEqualTo(virtual);
				assertThat(application.limiter().admitted()).isEqualTo(1);
			}
		}
	}

	/**
	 * An application that gives everybody a session who gets as far as its filters.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(TestApplication.class)
	static class SessionPerRequest {

		private final AtomicInteger created = new AtomicInteger();

		@Bean
		ServletListenerRegistrationBean<HttpSessionListener> sessionCounter() {
			return new ServletListenerRegistrationBean<>(new HttpSessionListener() {

				@Override
				public void sessionCreated(HttpSessionEvent event) {
					SessionPerRequest.this.created.incrementAndGet();
				}

			});
		}

		@Bean
		Filter sessionFilter() {
			return (request, response, chain) -> {
				((HttpServletRequest) request).getSession();
				chain.doFilter(request, response);
			};
		}

	}

}
