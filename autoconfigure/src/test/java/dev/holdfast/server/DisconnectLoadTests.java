/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.holdfast.lifetime.EndReason;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the watch costs, and that it keeps nothing.
 */
@Tag("A3")
@Tag("G7")
class DisconnectLoadTests {

	private static final int WATCHED = 1_000;

	@ParameterizedTest
	@EnumSource
	@EnabledOnOs(OS.LINUX)
	void descriptorsOfThoseWhoLeftAreGivenBack(ServerKind kind) throws IOException {
		UnixOperatingSystemMXBean system = (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		try (LeavingApplication application = start(kind, 300)) {
			leave(application, connect(application, 20));
			long before = system.getOpenFileDescriptorCount();
			leave(application, connect(application, 200));
			Awaitility.await()
				.atMost(Duration.ofSeconds(1))
				.until(system::getOpenFileDescriptorCount, (open) -> open <= before);
		}
	}

	@ParameterizedTest
	@EnumSource
	void thousandWatchedConnectionsTakeLessThanAHundredthOfACore(ServerKind kind, TestReporter reporter)
			throws IOException {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		try (LeavingApplication application = start(kind, WATCHED + 100)) {
			List<RawConnection> connections = connect(application, WATCHED);
			long thread = watch(threads);
			long begin = System.nanoTime();
			long processor = threads.getThreadCpuTime(thread);
			Awaitility.await().pollDelay(Duration.ofSeconds(5)).until(() -> true);
			long taken = threads.getThreadCpuTime(thread) - processor;
			long passed = System.nanoTime() - begin;
			leave(application, connections);
			long all = threads.getThreadCpuTime(thread);
			reporter.publishEntry(kind + " watching " + WATCHED,
					"%.3f %% of a core; %d ms for %d registrations and departures".formatted(100.0 * taken / passed,
							all / 1_000_000, WATCHED));
			assertThat(taken).isLessThan(passed / 100);
			Awaitility.await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
			assertThat(threads.getThreadCpuTime(thread) - all).as("with nothing to watch").isLessThan(5_000_000);
		}
	}

	private static long watch(ThreadMXBean threads) {
		return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
			.filter(Objects::nonNull)
			.filter((info) -> info.getThreadName().equals("holdfast-disconnect"))
			.mapToLong(ThreadInfo::getThreadId)
			.max()
			.orElseThrow();
	}

	private static List<RawConnection> connect(LeavingApplication application, int count) throws IOException {
		List<RawConnection> connections = new ArrayList<>();
		int first = application.visits().all().size();
		for (int i = 0; i < count; i++) {
			RawConnection connection = application.connect();
			connection.ask("/stay/" + (first + i));
			connections.add(connection);
		}
		application.watched(first + count);
		return connections;
	}

	private static void leave(LeavingApplication application, List<RawConnection> connections) throws IOException {
		for (RawConnection connection : connections) {
			connection.close();
		}
		Awaitility.await()
			.until(() -> application.visits()
				.all()
				.stream()
				.allMatch((visit) -> visit.hasLeft() && visit.reason() == EndReason.CLIENT_GONE));
		Awaitility.await().until(() -> application.application().running().size() == 0);
	}

	private static LeavingApplication start(ServerKind kind, int requests) {
		boolean virtual = JRE.currentVersionNumber() >= 21;
		int threads = requests + 100;
		// a burst that a busy machine works off late would be refused in part, on virtual
		// threads for its lateness
		return LeavingApplication.start(kind, "holdfast.concurrency.mode=observe",
				"server.tomcat.threads.max=" + threads, "server.jetty.threads.max=" + threads,
				"spring.threads.virtual.enabled=" + virtual);
	}

}
