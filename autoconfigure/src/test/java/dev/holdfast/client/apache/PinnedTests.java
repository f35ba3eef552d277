/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls on virtual threads wait without a carrier: for a connection as well as for their
 * peer.
 */
@Tag("B3")
@EnabledForJreRange(min = JRE.JAVA_21)
class PinnedTests {

	private static final String PINNED = "jdk.VirtualThreadPinned";

	private static final int THREADS = 200;

	private static final int TLS_THREADS = 50;

	private static final int WARM = 3;

	private static final int CALLS = 5;

	private static final String BUSY = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n";

	@Test
	void callsPinNoCarrier(@TempDir Path folder) throws Exception {
		Queue<Object> outcomes = new ConcurrentLinkedQueue<>();
		List<RecordedEvent> events;
		try (Peer peer = Peer.that((exchange) -> {
			exchange.pause(5);
			exchange.write(Peer.OK);
		}); Bounded app = Bounded.with("holdfast.client.max-connections-per-route=20")) {
			RestClient client = app.client();
			Runnable calls = () -> {
				for (int i = 0; i < CALLS; i++) {
					outcomes.add(outcome(client, peer.url()));
				}
			};
			// initializing a class pins, whoever does it: once is enough
			run(calls, 1);
			events = record(folder, () -> {
				run(calls, THREADS);
				run(Pin::touch, 1);
			});
			assertThat(peer.connections()).isEqualTo(20);
			app.awaitLeased(0);
		}
		assertThat(outcomes).hasSize((THREADS + 1) * CALLS).containsOnly("ok");
		assertThat(events).as("the one that was planted is seen").anyMatch(PinnedTests::isPlanted);
		assertThat(events).filteredOn((event) -> !isPlanted(event)).isEmpty();
	}

	@Test
	void callsOverTlsThatAreTriedAgainPinNoCarrier(@TempDir Path folder) throws Exception {
		Certificate certificate = Certificate.in(folder);
		Queue<Object> outcomes = new ConcurrentLinkedQueue<>();
		Set<String> seen = ConcurrentHashMap.newKeySet();
		List<RecordedEvent> events;
		try (Peer peer = Peer.that(certificate.listener(),
				(exchange) -> exchange
					.write(seen.add(exchange.request().lines().findFirst().orElseThrow()) ? BUSY : Peer.OK));
				Bounded app = Bounded.with(certificate.trusted("holdfast.client.max-connections-per-route=20",
						"holdfast.client.retry.max-pause=5ms", "holdfast.client.retry.budget-ratio=1"))) {
			RestClient client = app.client();
			String url = peer.url().replace("http:", "https:");
			Runnable calls = () -> {
				for (int i = 0; i < CALLS; i++) {
					outcomes.add(outcome(client, url + UUID.randomUUID()));
				}
			};
			// several at a time: a handshake that resumes a session has classes of its
			// own
			run(calls, WARM);
			events = record(folder, () -> {
				run(calls, TLS_THREADS);
				run(PinAgain::touch, 1);
			});
			assertThat(peer.connections()).isLessThanOrEqualTo(20);
			assertThat(peer.requests()).hasSize(2 * (WARM + TLS_THREADS) * CALLS);
			app.awaitLeased(0);
		}
		assertThat(outcomes).hasSize((WARM + TLS_THREADS) * CALLS).containsOnly("ok");
		assertThat(events).as("the one that was planted is seen").anyMatch(PinnedTests::isPlanted);
		assertThat(events).filteredOn((event) -> !isPlanted(event)).isEmpty();
	}

	private static Object outcome(RestClient client, String url) {
		try {
			return String.valueOf(client.get().uri(url).retrieve().body(String.class));
		}
		catch (RuntimeException ex) {
			return ex;
		}
	}

	private static void run(Runnable task, int count) throws Exception {
		ThreadFactory factory = virtualThreads();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			Thread thread = factory.newThread(task);
			threads.add(thread);
			thread.start();
		}
		for (Thread thread : threads) {
			thread.join(20_000);
			assertThat(thread.isAlive()).isFalse();
		}
	}

	// by reflection: the tests are compiled for a JVM that has none
	private static ThreadFactory virtualThreads() throws ReflectiveOperationException {
		Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
		return (ThreadFactory) Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
	}

	private static List<RecordedEvent> record(Path folder, Action action) throws Exception {
		try (Recording recording = new Recording()) {
			recording.enable(PINNED).withoutThreshold().withStackTrace();
			recording.start();
			action.run();
			recording.stop();
			return events(recording, folder.resolve("pinned.jfr"));
		}
	}

	private static List<RecordedEvent> events(Recording recording, Path file) throws IOException {
		recording.dump(file);
		return RecordingFile.readAllEvents(file)
			.stream()
			.filter((event) -> event.getEventType().getName().equals(PINNED))
			.filter((event) -> isUnder(event, "dev.holdfast."))
			.toList();
	}

	private static boolean isPlanted(RecordedEvent event) {
		return isUnder(event, Pin.class.getName());
	}

	private static boolean isUnder(RecordedEvent event, String prefix) {
		RecordedStackTrace trace = event.getStackTrace();
		return trace != null && trace.getFrames()
			.stream()
			.anyMatch((frame) -> frame.getMethod().getType().getName().startsWith(prefix));
	}

	/**
	 * Waits while it is initialized, which pins a carrier on every JVM.
	 */
	static final class Pin {

		static {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
		}

		static void touch() {
			// initializes the class
		}

	}

	/**
	 * Another one: a class is initialized once.
	 */
	static final class PinAgain {

		static {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
		}

		static void touch() {
			// initializes the class
		}

	}

	/**
	 * What is recorded.
	 */
	interface Action {

		void run() throws Exception;

	}

}
