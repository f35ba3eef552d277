/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import dev.holdfast.server.LeavingApplication.Visit;
import dev.holdfast.server.RawConnection.Answer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests whose clients left before anybody could look at them. Each waits on its
 * connection behind one that runs to its end, and half of the limit is held by another.
 */
@Tag("A3")
@Tag("C1")
class AbandonedRequestTests {

	private static final String LIMIT = "holdfast.concurrency.limit=";

	private static final String ORDER = "POST /stay/before HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";

	private static ServerCertificate certificate = new ServerCertificate(Path.of("keys.p12"));

	@BeforeAll
	static void makeCertificate(@TempDir Path folder) throws IOException, InterruptedException {
		certificate = ServerCertificate.in(folder);
	}

	@Test
	void whoseClientHasLeftIsNotBegunWhileMuchIsGoingOn() throws IOException {
		try (LeavingApplication application = crowded(); RawConnection connection = application.connect()) {
			assertThat(answerTo("GET /stay/abandoned", application, connection)).satisfies(this::isRefused);
			assertThat(application.visits().find("abandoned")).isNull();
			// not the one before: what changes something runs on
			assertThat(application.cancelled()).isOne();
			Awaitility.await().until(() -> application.application().running().size() == 1);
		}
	}

	@Test
	void overTlsNeither() throws IOException, GeneralSecurityException {
		try (LeavingApplication application = start(certificate.settings().toArray(String[]::new));
				RawConnection other = secured(application);
				RawConnection connection = secured(application)) {
			other.ask("/stay/other");
			application.begun("other");
			assertThat(answerTo("GET /stay/abandoned", application, connection)).satisfies(this::isRefused);
			assertThat(application.visits().find("abandoned")).isNull();
		}
	}

	@Test
	void whatChangesSomethingIsBegun() throws IOException {
		try (LeavingApplication application = crowded(); RawConnection connection = application.connect()) {
			// the application has been asked: it takes no such thing
			assertThat(answerTo("POST /hello", application, connection).head()).startsWith("http/1.1 405");
			assertThat(application.cancelled()).isZero();
		}
	}

	@Test
	void whereAHalfCloseMeansNothingItIsBegun() throws IOException {
		assertThatHelloIsAnswered("holdfast.disconnect.half-close=ignore");
	}

	@Test
	void whereNobodyIsToBeEndedItIsBegun() throws IOException {
		assertThatHelloIsAnswered("holdfast.disconnect.mode=observe");
		assertThatHelloIsAnswered("holdfast.disconnect.mode=off");
		assertThatHelloIsAnswered("holdfast.disconnect.cancel=none");
	}

	@Test
	void whereNothingIsToBeRefusedItIsBegun() throws IOException {
		assertThatHelloIsAnswered("holdfast.concurrency.mode=observe");
	}

	@Test
	void whileThereIsRoomItIsBegun() throws IOException {
		assertThatHelloIsAnswered(LIMIT + 100);
	}

	@Test
	void whatWasReadAheadIsAnswered() throws IOException {
		try (LeavingApplication application = crowded("server.tomcat.max-keep-alive-requests=-1");
				RawConnection connection = application.connect()) {
			int requests = 2_000;
			Thread asking = new Thread(() -> askForHello(connection, requests));
			asking.start();
			for (int i = 0; i < requests; i++) {
				assertThat(connection.answer().body()).isEqualTo("hello");
			}
			assertThat(application.detected()).isZero();
		}
	}

	private static RawConnection secured(LeavingApplication application) throws IOException, GeneralSecurityException {
		return RawConnection.over(certificate.connect("TLSv1.3", application.application().port()).socket());
	}

	private static void askForHello(RawConnection connection, int requests) {
		try {
			connection.send("GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(requests));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void assertThatHelloIsAnswered(String setting) throws IOException {
		try (LeavingApplication application = crowded(setting); RawConnection connection = application.connect()) {
			assertThat(answerTo("GET /hello", application, connection).body()).isEqualTo("hello");
		}
	}

	private static LeavingApplication crowded(String... arguments) {
		LeavingApplication application = start(arguments);
		application.application().begin("/stay/other");
		application.begun("other");
		return application;
	}

	private static LeavingApplication start(String... arguments) {
		List<String> all = new ArrayList<>(Arrays.asList(arguments));
		if (all.stream().noneMatch((argument) -> argument.startsWith(LIMIT))) {
			all.add(LIMIT + 2);
		}
		return LeavingApplication.start(ServerKind.TOMCAT, all.toArray(String[]::new));
	}

	// the end of the connection is there before the request is looked at
	private static Answer answerTo(String request, LeavingApplication application, RawConnection connection)
			throws IOException {
		connection.send(ORDER + request + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
		Visit before = application.begun("before");
		connection.socket().shutdownOutput();
		Awaitility.await().pollDelay(Duration.ofMillis(100)).until(() -> true);
		before.release();
		assertThat(connection.answer().body()).isEqualTo("stayed");
		return connection.answer();
	}

	private void isRefused(Answer answer) {
		assertThat(answer.head()).startsWith("http/1.1 503").contains("x-shed-reason: deadline\r\n");
	}

}
