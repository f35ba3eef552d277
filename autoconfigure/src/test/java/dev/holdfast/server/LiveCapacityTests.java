/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.Locale;

import dev.holdfast.concurrency.LimiterSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The limit that follows from a running server.
 */
@Tag("C1")
@ExtendWith(OutputCaptureExtension.class)
class LiveCapacityTests {

	private static final String INFO = "logging.level.dev.holdfast=info";

	@ParameterizedTest
	@EnumSource
	void defaultsAdmitTwoHundredAndLetSixtyWait(ServerKind kind, CapturedOutput output) {
		try (RunningApplication application = RunningApplication.start(kind, INFO)) {
			assumeThat(isVirtual(application)).isFalse();
			LimiterSettings settings = application.limiter().settings();
			assertThat(settings.limit()).isEqualTo(200);
			assertThat(settings.maxQueued()).isEqualTo(60);
			assertThat(output).contains("200 requests at a time, 60 may wait for 250 ms", "threads")
				.doesNotContain("WARN");
		}
	}

	@ParameterizedTest
	@EnumSource
	void virtualThreadsAdmitAThousand(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind)) {
			assumeThat(isVirtual(application)).isTrue();
			assertThat(application.limiter().settings().limit()).isEqualTo(1000);
		}
	}

	@ParameterizedTest
	@EnumSource
	void threadsThatTheUserChoseDecideTheLimit(ServerKind kind) {
		String threads = "server." + kind.name().toLowerCase(Locale.ROOT) + ".threads.max=";
		try (RunningApplication application = RunningApplication.start(kind, threads + 100)) {
			assumeThat(isVirtual(application)).isFalse();
			// Jetty withholds a few of its threads for itself
			assertThat(application.limiter().settings().limit()).isBetween(84, 90);
		}
	}

	@ParameterizedTest
	@EnumSource
	void limitThatTakesEveryThreadIsSaidAtTheStart(ServerKind kind, CapturedOutput output) {
		try (RunningApplication application = RunningApplication.start(kind, "holdfast.concurrency.limit=5000")) {
			assumeThat(application.limiter().settings().limit()).isEqualTo(5000);
			assumeThat(isVirtual(application) && kind == ServerKind.TOMCAT).isFalse();
			assertThat(output).contains("WARN", "The limit (5000)", "Lower holdfast.concurrency.limit");
			assertThat(application.context().getBean(ConcurrencyReport.class).findings()).singleElement()
				.satisfies((finding) -> assertThat(finding.id()).isEqualTo("concurrency-no-free-thread"));
		}
	}

	private static boolean isVirtual(RunningApplication application) {
		return Threading.VIRTUAL.isActive(application.context().getBean(Environment.class));
	}

}
