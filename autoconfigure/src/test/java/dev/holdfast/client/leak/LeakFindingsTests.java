/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.holdfast.leak.LeakSettings;
import dev.holdfast.leak.Reclaim;
import dev.holdfast.leak.Stacks;
import dev.holdfast.lifetime.ManualTicker;
import dev.holdfast.report.Finding;
import dev.holdfast.report.Mode;
import dev.holdfast.report.Setting;
import dev.holdfast.report.Severity;
import dev.holdfast.socket.SocketState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator hears: findings, settings and health.
 */
@Tag("G4")
class LeakFindingsTests {

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path folder;

	@ParameterizedTest
	@CsvSource({ "15, ", "16, WARNING", "18, WARNING", "19, CRITICAL", "20, CRITICAL" })
	void portsThatRunOutAreAFinding(int used, @Nullable Severity severity) {
		KnownSockets sockets = KnownSockets.in(this.folder, used, SocketState.TIME_WAIT);
		List<Finding> findings = new KnownLeaks(sockets.reader(new ManualTicker())).findings().exhaustion();
		assertThat(findings).extracting(Finding::severity)
			.containsExactlyElementsOf((severity != null) ? List.of(severity) : List.of());
		assertThat(findings).allSatisfy((finding) -> {
			assertThat(finding.id()).isEqualTo("leak-ephemeral-ports");
			assertThat(finding.message()).startsWith(used + " of 20 ephemeral ports").doesNotContain("10.0.0.1");
			assertThat(finding.remedy()).contains("ip_local_port_range");
		});
	}

	@Test
	void alarmingSuspicionsAreFindingsAndNameTheirPools() {
		KnownLeaks leaks = KnownLeaks.withoutSockets(this.folder, KnownLease.abandoned("quotes", 1),
				KnownLease.abandoned("quotes", 2), KnownLease.abandoned("stock", 3), KnownLease.waiting("slow", 4));
		assertThat(leaks.detector().suspects()).hasSize(4);
		assertThat(leaks.findings().all()).singleElement().satisfies((finding) -> {
			assertThat(finding.id()).isEqualTo("leak-abandoned");
			assertThat(finding.severity()).isEqualTo(Severity.WARNING);
			assertThat(finding.message()).contains("3 ", "2 of 'quotes'", "1 of 'stock'").doesNotContain("slow");
		});
	}

	@Test
	void nothingIsFoundWhereAllIsWell() {
		assertThat(KnownLeaks.withoutSockets(this.folder).findings().all()).isEmpty();
	}

	@Test
	void reportTellsWhatIsInForceAndWhereItComesFrom() {
		LeakSettings settings = new LeakSettings(Duration.ofSeconds(5), Reclaim.ABANDONED, Duration.ofSeconds(9),
				Stacks.SAMPLED);
		MockEnvironment environment = new MockEnvironment().withProperty("holdfast.leak.suspect-after", "5s");
		KnownLeaks leaks = KnownLeaks.withoutSockets(this.folder, KnownLease.abandoned("quotes", 1));
		LeakReport report = new LeakReport(settings, leaks.findings(), environment);
		assertThat(report.name()).isEqualTo("leak");
		assertThat(report.mode()).isEqualTo(Mode.ENFORCE);
		assertThat(report.settings()).containsExactly(
				new Setting("holdfast.leak.suspect-after", "5000ms", "properties"),
				new Setting("holdfast.leak.reclaim", "abandoned", "default"),
				new Setting("holdfast.leak.reclaim-after", "9000ms", "default"),
				new Setting("holdfast.leak.stacks", "sampled", "default"));
		assertThat(report.findings()).extracting(Finding::id).containsExactly("leak-abandoned");
	}

	@Test
	void whereNothingIsTakenBackItIsOnlyObserved() {
		LeakSettings settings = new LeakSettings(Duration.ofSeconds(5), Reclaim.NONE, null, Stacks.OFF);
		LeakReport report = new LeakReport(settings, KnownLeaks.withoutSockets(this.folder).findings(),
				new MockEnvironment());
		assertThat(report.mode()).isEqualTo(Mode.OBSERVE);
		assertThat(report.settings()).extracting(Setting::value).containsExactly("5000ms", "none", "-", "off");
	}

	@Test
	void healthIsUpHoweverMuchLeaks() {
		KnownLeaks leaks = KnownLeaks.withoutSockets(this.folder, KnownLease.abandoned("quotes", 1),
				KnownLease.abandoned("quotes", 2), KnownLease.waiting("slow", 3));
		Health health = new LeakHealth(leaks.detector(), leaks.resources()).health();
		assertThat(health.getStatus()).isEqualTo(Status.UP);
		assertThat(health.getDetails()).containsEntry("leases", 3)
			.extractingByKey("suspected")
			.hasToString("{abandoned=2, waiting-for-peer=1}");
	}

}
