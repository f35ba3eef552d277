/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a drain does to connections over HTTP/1.1.
 */
class ConnectionDrainTests {

	@ParameterizedTest
	@EnumSource
	void everyAnswerSaysThatItIsTheLastOnceTheCloseIsAnnounced(ServerKind kind) throws IOException {
		try (DrainedApplication application = DrainedApplication.start(kind);
				RawConnection kept = application.connect()) {
			assertThat(kept.get("/hello").isLast()).isFalse();
			application.announceClose();
			application.announceClose();
			assertLast(kept, "/hello", "hello");
			try (RawConnection late = application.connect()) {
				assertLast(late, "/hello", "hello");
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void answerOfUnknownLengthEndsInAChunkThatSaysSo(ServerKind kind) throws IOException {
		try (DrainedApplication application = DrainedApplication.start(kind);
				RawConnection kept = application.connect()) {
			assertThat(kept.get("/chunked").isChunked()).isTrue();
			application.announceClose();
			assertThat(assertLast(kept, "/chunked", "first second").isChunked()).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource
	void answerWithoutABodyEndsWithItsHeader(ServerKind kind) throws IOException {
		try (DrainedApplication application = DrainedApplication.start(kind);
				RawConnection head = application.connect();
				RawConnection nothing = application.connect()) {
			application.announceClose();
			head.send("HEAD /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
			assertThat(head.head()).startsWith("http/1.1 200").contains("content-length: 5", "connection: close");
			assertThat(head.isEnded()).isTrue();
			nothing.ask("/nothing");
			assertThat(nothing.head()).startsWith("http/1.1 204")
				.contains("connection: close")
				.doesNotContain("transfer-encoding");
			assertThat(nothing.isEnded()).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource
	void idleConnectionsEndWhileARequestInFlightIsAnswered(ServerKind kind) throws IOException {
		List<RawConnection> idle = new ArrayList<>();
		try (DrainedApplication application = DrainedApplication.start(kind);
				RawConnection busy = application.connect()) {
			busy.ask("/block");
			Awaitility.await().until(() -> application.application().gate().waiting() == 1);
			for (int i = 0; i < 4; i++) {
				RawConnection connection = application.connect();
				idle.add(connection);
				assertThat(connection.get("/hello").isOk()).isTrue();
			}
			application.announceClose();
			AtomicInteger closed = new AtomicInteger();
			Awaitility.await().until(() -> closed.addAndGet(application.closeIdle(Duration.ofMillis(200))) == 4);
			for (RawConnection connection : idle) {
				assertThat(connection.isEnded()).isTrue();
				connection.close();
			}
			try (RawConnection late = application.connect()) {
				assertLast(late, "/hello", "hello");
			}
			application.application().gate().open();
			assertThat(busy.answer().body()).isEqualTo("passed");
			Awaitility.await().until(() -> closed.addAndGet(application.closeIdle(Duration.ZERO)) == 5);
			assertThat(busy.isEnded()).isTrue();
			Awaitility.await().until(() -> application.open() == 0);
		}
	}

	@ParameterizedTest
	@EnumSource
	void connectionUsedAMomentAgoIsLeft(ServerKind kind) throws IOException {
		try (DrainedApplication application = DrainedApplication.start(kind);
				RawConnection used = application.connect();
				RawConnection unused = application.connect()) {
			assertThat(unused.get("/hello").isOk()).isTrue();
			Duration quiet = Duration.ofSeconds(1);
			AtomicInteger closed = new AtomicInteger();
			Awaitility.await().until(() -> {
				assertThat(used.get("/hello").isOk()).isTrue();
				return closed.addAndGet(application.closeIdle(quiet)) == 1;
			});
			assertThat(unused.isEnded()).isTrue();
			assertThat(used.get("/hello").isOk()).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource
	void whatIsUnderWayIsNotIdle(ServerKind kind) throws IOException {
		try (DrainedApplication application = DrainedApplication.start(kind);
				RawConnection header = application.connect();
				RawConnection second = application.connect();
				RawConnection body = application.connect();
				RawConnection early = application.connect();
				RawConnection events = application.connect();
				RawConnection async = application.connect()) {
			header.send("GET /hello HTTP/1.1\r\nHost: loc");
			assertThat(second.get("/hello").isOk()).isTrue();
			second.send("GET /hello HT");
			body.send("POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n1");
			early.send("POST /answered-early HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n1");
			early.head();
			events.ask("/events");
			events.head();
			async.ask("/async?ms=3000");
			// what has not been read is no more under way than what never came
			Awaitility.await().until(() -> application.application().running().size() == 4);
			application.announceClose();
			Awaitility.await()
				.during(Duration.ofMillis(700))
				.until(() -> application.closeIdle(Duration.ZERO), (closed) -> closed == 0);
			header.send("alhost\r\n\r\n");
			assertThat(header.answer().body()).isEqualTo("hello");
			second.send("TP/1.1\r\nHost: localhost\r\n\r\n");
			assertThat(second.answer().body()).isEqualTo("hello");
			body.send("2");
			assertThat(body.answer().body()).isEqualTo("2");
			early.send("2");
			assertThat(early.chunks()).isEqualTo("early complete");
			assertThat(async.answer().body()).isEqualTo("done");
		}
	}

	@ParameterizedTest
	@EnumSource
	void connectionsAreKeptAliveAgainOnceTheCloseIsTakenBack(ServerKind kind) throws IOException {
		try (DrainedApplication application = DrainedApplication.start(kind);
				RawConnection kept = application.connect()) {
			assertThat(kept.get("/hello").isLast()).isFalse();
			application.announceClose();
			application.resume();
			assertThat(kept.get("/hello").isLast()).isFalse();
			try (RawConnection late = application.connect()) {
				assertThat(late.get("/hello").isLast()).isFalse();
				assertThat(late.get("/hello").isLast()).isFalse();
			}
			application.announceClose();
			assertLast(kept, "/hello", "hello");
		}
	}

	@ParameterizedTest
	@EnumSource
	void managementServerIsLeftAlone(ServerKind kind) throws IOException {
		try (DrainedApplication application = DrainedApplication.start(kind, "management.server.port=0");
				RawConnection probe = RawConnection.to(application.managementPort());
				RawConnection idle = application.connect()) {
			assertThat(probe.get("/actuator/health").isLast()).isFalse();
			assertThat(idle.get("/hello").isOk()).isTrue();
			assertThat(application.open()).isEqualTo(1);
			application.announceClose();
			AtomicInteger closed = new AtomicInteger();
			Awaitility.await().until(() -> closed.addAndGet(application.closeIdle(Duration.ZERO)) == 1);
			assertThat(idle.isEnded()).isTrue();
			assertThat(application.closeIdle(Duration.ZERO)).isZero();
			assertThat(probe.get("/actuator/health").isLast()).isFalse();
			assertThat(probe.get("/actuator/health").isLast()).isFalse();
		}
	}

	@ParameterizedTest
	@EnumSource
	void openConnectionsAreCounted(ServerKind kind) throws IOException {
		try (DrainedApplication application = DrainedApplication.start(kind,
				"server.tomcat.max-connections=" + ((kind == ServerKind.TOMCAT) ? -1 : 100))) {
			assertThat(application.open()).isZero();
			try (RawConnection one = application.connect(); RawConnection two = application.connect()) {
				assertThat(one.get("/hello").isOk()).isTrue();
				assertThat(two.get("/hello").isOk()).isTrue();
				assertThat(application.open()).isEqualTo(2);
			}
			Awaitility.await().until(() -> application.open() == 0);
		}
	}

	@Test
	void protocolThatTheApplicationHasChosenStays() throws IOException {
		try (DrainedApplication application = new DrainedApplication(
				RunningApplication.start(ServerKind.TOMCAT, OwnProtocol.class, false));
				RawConnection kept = application.connect()) {
			assertThat(kept.get("/hello").isLast()).isFalse();
			assertThat(application.closeIdle(Duration.ZERO)).isZero();
			application.announceClose();
			assertLast(kept, "/hello", "hello");
		}
	}

	private static RawConnection.Answer assertLast(RawConnection connection, String path, String body)
			throws IOException {
		RawConnection.Answer answer = connection.get(path);
		assertThat(answer.isOk()).isTrue();
		assertThat(answer.body()).isEqualTo(body);
		assertThat(answer.isLast()).isTrue();
		assertThat(connection.isEnded()).isTrue();
		return answer;
	}

	@Configuration(proxyBeanMethods = false)
	@Import(DrainedApplication.Streaming.class)
	static class OwnProtocol {

		@Bean
		WebServerFactoryCustomizer<TomcatServletWebServerFactory> ownProtocol() {
			return (factory) -> factory.setProtocol("org.apache.coyote.http11.Http11Nio2Protocol");
		}

	}

}
