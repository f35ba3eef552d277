/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.holdfast.concurrency.LimiterSettings;
import dev.holdfast.report.Finding;
import dev.holdfast.report.Severity;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

	private static final String PLATFORM = "spring.threads.virtual.enabled=false";

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
		try (RunningApplication application = RunningApplication.start(kind, threadsKey(kind) + "=100")) {
			assumeThat(isVirtual(application)).isFalse();
			// Jetty withholds a few of its threads for itself
			assertThat(application.limiter().settings().limit()).isBetween(84, 90);
		}
	}

	@ParameterizedTest
	@EnumSource
	void limitBelowTheThreadsThatTheUserChoseIsExplainedAndTheRemedyHelps(ServerKind kind, CapturedOutput output) {
		String key = threadsKey(kind);
		String remedy;
		try (RunningApplication application = RunningApplication.start(kind, INFO, PLATFORM, key + "=200")) {
			int limit = application.limiter().settings().limit();
			assertThat(limit).isLessThan(200);
			Finding finding = application.context().getBean(ConcurrencyReport.class).findings().get(0);
			assertThat(finding.id()).isEqualTo("concurrency-limit-below-threads");
			assertThat(finding.severity()).isEqualTo(Severity.INFO);
			assertThat(finding.message()).startsWith("The limit is " + limit + " although ")
				.contains(" has 200 threads", "stay free");
			assertThat(output).contains(finding.message() + " " + finding.remedy()).doesNotContain("WARN");
			remedy = finding.remedy();
		}
		assertThat(remedy).startsWith("For a limit of at least 200 set " + key + "=");
		String threads = remedy.substring(remedy.indexOf(key), remedy.length() - 1);
		try (RunningApplication application = RunningApplication.start(kind, PLATFORM, threads)) {
			assertThat(application.limiter().settings().limit()).isBetween(200, 210);
		}
	}

	@ParameterizedTest
	@EnumSource
	void limitThatTheUserChoseNeedsNoExplanation(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, PLATFORM, threadsKey(kind) + "=200",
				"holdfast.concurrency.limit=50")) {
			ConcurrencyReport report = application.context().getBean(ConcurrencyReport.class);
			assertThat(report.findings()).isEmpty();
			assertThat(report.settings().get(0).source()).isEqualTo("properties");
		}
	}

	@ParameterizedTest
	@EnumSource
	void limitThatWasChangedAtRunTimeIsNotSaidToFollowFromTheThreads(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, PLATFORM, threadsKey(kind) + "=200")) {
			application.limiter().update((before) -> before.withLimit(50));
			ConcurrencyReport report = application.context().getBean(ConcurrencyReport.class);
			assertThat(report.findings()).isEmpty();
			assertThat(report.settings().get(0).source()).isEqualTo("changed at run time");
		}
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, 1", "JETTY, 4" })
	void singleThreadIsSaidToLeaveNoneToRefuseAndTheRemedyHelps(ServerKind kind, int threads, CapturedOutput output) {
		String key = threadsKey(kind);
		// Jetty takes more for itself the more processors there are
		String[] fewest = (kind == ServerKind.TOMCAT) ? new String[] { "server.tomcat.threads.min-spare=1" }
				: new String[] { "server.jetty.threads.min=1", "server.jetty.threads.acceptors=1",
						"server.jetty.threads.selectors=1" };
		try (RunningApplication application = start(kind, fewest, key + "=" + threads)) {
			List<Finding> findings = application.context().getBean(ConcurrencyReport.class).findings();
			assertThat(findings).singleElement().satisfies((finding) -> {
				assertThat(finding.id()).isEqualTo("concurrency-no-free-thread");
				assertThat(finding.severity()).isEqualTo(Severity.WARNING);
				assertThat(finding.message()).contains(" has 1 thread for requests", "nothing is refused");
				assertThat(finding.remedy()).isEqualTo("Raise " + key + " to at least " + (threads + 1) + ".");
				assertThat(output).contains("WARN", finding.message(), finding.remedy());
			});
		}
		try (RunningApplication application = start(kind, fewest, key + "=" + (threads + 1))) {
			assertThat(application.context().getBean(ConcurrencyReport.class).findings()).extracting(Finding::id)
				.doesNotContain("concurrency-no-free-thread");
		}
	}

	@ParameterizedTest
	@EnumSource
	void limitThatTakesEveryThreadIsSaidAtTheStart(ServerKind kind, CapturedOutput output) {
		try (RunningApplication application = RunningApplication.start(kind, "holdfast.concurrency.limit=5000")) {
			assumeThat(application.limiter().settings().limit()).isEqualTo(5000);
			assumeThat(isVirtual(application) && kind == ServerKind.TOMCAT).isFalse();
			assertThat(output).contains("WARN", "The limit (5000)", "Lower holdfast.concurrency.limit",
					"or raise " + threadsKey(kind));
			assertThat(application.context().getBean(ConcurrencyReport.class).findings()).singleElement()
				.satisfies((finding) -> assertThat(finding.id()).isEqualTo("concurrency-no-free-thread"));
		}
	}

	private static RunningApplication start(ServerKind kind, String[] arguments, String another) {
		List<String> all = new ArrayList<>(List.of(PLATFORM, another));
		all.addAll(List.of(arguments));
		return RunningApplication.start(kind, all.toArray(String[]::new));
	}

	private static String threadsKey(ServerKind kind) {
		return "server." + kind.name().toLowerCase(Locale.ROOT) + ".threads.max";
	}

	private static boolean isVirtual(RunningApplication application) {
		return Threading.VIRTUAL.isActive(application.context().getBean(Environment.class));
	}

}
