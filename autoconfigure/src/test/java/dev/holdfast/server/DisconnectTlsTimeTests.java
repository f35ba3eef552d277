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
import java.util.List;

import dev.holdfast.server.LeavingApplication.Visit;
import dev.holdfast.server.ServerCertificate.Secured;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When clients are noticed that say farewell to a connection over TLS, in a service that
 * was healthy so far. It is for a machine that does nothing else: it runs with
 * {@code -Dholdfast.long=true}.
 */
@Tag("A3")
@EnabledOnOs(OS.LINUX)
@EnabledIfSystemProperty(named = "holdfast.long", matches = "true")
class DisconnectTlsTimeTests {

	private static final int CLIENTS = 6;

	private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

	private static final Duration PROMISE = Duration.ofMillis(100);

	private static final Duration LATE_MEDIAN = PROMISE.plusMillis(50);

	private static final Duration LATE_WORST = PROMISE.plusMillis(250);

	/** What the socket table may cost is saved for so long. */
	private static final Duration HEALTHY = Duration.ofSeconds(5);

	private static final int ATTEMPTS = 4;

	private static ServerCertificate certificate = new ServerCertificate(Path.of("keys.p12"));

	@BeforeAll
	static void makeCertificate(@TempDir Path folder) throws IOException, InterruptedException {
		certificate = ServerCertificate.in(folder);
	}

	@ParameterizedTest
	@EnumSource
	void clientsThatLeaveOneAfterTheOtherAreNoticedInTime(ServerKind kind, TestReporter reporter)
			throws IOException, GeneralSecurityException {
		try (LeavingApplication application = start(kind)) {
			// a cold virtual machine is late for reasons of its own
			leave(application, "cold", 1);
			List<Duration> late = List.of();
			for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
				pause(HEALTHY);
				late = leave(application, "attempt-" + attempt, CLIENTS);
				reporter.publishEntry(kind + " after detect-after", late.toString());
				if (late.get(CLIENTS / 2).compareTo(LATE_MEDIAN) <= 0
						&& late.get(CLIENTS - 1).compareTo(LATE_WORST) <= 0) {
					return;
				}
			}
			assertThat(late).as("late %d times, the last time by this", ATTEMPTS).isEmpty();
		}
	}

	/**
	 * Clients ask, 30 ms one after the other. Each second one leaves before it is
	 * watched; the others leave later, 30 ms one after the other.
	 * @return how long after it could have been noticed each was, in ascending order
	 */
	private static List<Duration> leave(LeavingApplication application, String name, int count)
			throws IOException, GeneralSecurityException {
		List<Departing> clients = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			Secured secured = certificate.connect(VERSIONS.get(i / 2 % 2), application.application().port());
			clients.add(new Departing(name + "-" + i, RawConnection.over(secured.socket())));
		}
		for (int i = 0; i < count; i++) {
			clients.get(i).ask();
			pause(Duration.ofMillis(30));
			if (i % 2 == 0) {
				clients.get(i).leave(application);
			}
		}
		for (int i = 1; i < count; i += 2) {
			application.watched(name + "-" + i);
			clients.get(i).leave(application);
			pause(Duration.ofMillis(30));
		}
		return clients.stream().map(Departing::noticedAfter).sorted().toList();
	}

	private static void pause(Duration time) {
		Awaitility.await().pollDelay(time).atMost(time.multipliedBy(2).plusSeconds(1)).until(() -> true);
	}

	private static LeavingApplication start(ServerKind kind) {
		List<String> settings = new ArrayList<>(certificate.settings());
		settings.add("spring.threads.virtual.enabled=" + (JRE.currentVersionNumber() >= 21));
		return LeavingApplication.start(kind, settings.toArray(String[]::new));
	}

	private static final class Departing {

		private final String name;

		private final RawConnection connection;

		private Visit visit = new Visit();

		private long left;

		Departing(String name, RawConnection connection) {
			this.name = name;
			this.connection = connection;
		}

		void ask() throws IOException {
			this.connection.ask("/stay/" + this.name);
		}

		void leave(LeavingApplication application) throws IOException {
			this.visit = application.begun(this.name);
			this.left = System.nanoTime();
			this.connection.close();
		}

		/** Since it has left and its request is so old that it is watched. */
		Duration noticedAfter() {
			Duration sinceLeft = this.visit.endedAfter(this.left);
			Duration sinceWatched = this.visit.endedAtAge().minus(LeavingApplication.DETECT_AFTER);
			return (sinceLeft.compareTo(sinceWatched) < 0) ? sinceLeft : sinceWatched;
		}

	}

}
