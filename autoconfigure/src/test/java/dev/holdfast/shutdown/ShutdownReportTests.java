/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.util.ArrayList;
import java.util.List;

import dev.holdfast.report.Finding;
import dev.holdfast.report.Setting;
import dev.holdfast.server.ConcurrencyAutoConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("D6")
class ShutdownReportTests {

	private static final String KUBERNETES = "KUBERNETES_SERVICE_HOST=10.0.0.1";

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ShutdownAutoConfiguration.class, ConcurrencyAutoConfiguration.class));

	@Test
	void nothingIsWrongWithTheDefaults() {
		assertThat(findings()).isEmpty();
		assertThat(findings(KUBERNETES, "spring.lifecycle.timeout-per-shutdown-phase=12s")).isEmpty();
	}

	@Test
	void budgetThatDoesNotFitIsAFindingThatShowsTheSum() {
		assertThat(findings(KUBERNETES)).singleElement().satisfies((finding) -> {
			assertThat(finding.id()).isEqualTo("shutdown-budget");
			assertThat(finding.message()).contains("grace period of 30s").contains("= 48s");
			assertThat(finding.remedy()).contains("holdfast.shutdown.delay")
				.contains("holdfast.shutdown.grace-period")
				.contains("spring.lifecycle.timeout-per-shutdown-phase");
		});
	}

	@Test
	void immediateStopIsAFinding() {
		assertThat(findings("server.shutdown=immediate")).extracting(Finding::id).containsExactly("shutdown-immediate");
	}

	@Test
	void missingDelayOnKubernetesIsAFinding() {
		assertThat(
				findings(KUBERNETES, "holdfast.shutdown.delay=0s", "spring.lifecycle.timeout-per-shutdown-phase=12s"))
			.extracting(Finding::id)
			.containsExactly("shutdown-no-delay");
	}

	@Test
	void settingsSayWhereTheyComeFrom() {
		this.runner.withPropertyValues(KUBERNETES, "holdfast.shutdown.prestop-sleep=4s")
			.run((context) -> assertThat(context.getBean(ShutdownReport.class).settings()).contains(
					new Setting("holdfast.shutdown.delay", "6s", "default on Kubernetes, less prestop-sleep"),
					new Setting("holdfast.shutdown.prestop-sleep", "4s", "properties"),
					new Setting("holdfast.shutdown.grace-period", "30s", "default")));
	}

	@Test
	void unknownKeyStopsTheStart() {
		this.runner.withPropertyValues("holdfast.shutdown.dealy=10s")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("holdfast.shutdown.dealy"));
	}

	private List<Finding> findings(String... properties) {
		List<Finding> found = new ArrayList<>();
		this.runner.withPropertyValues(properties)
			.run((context) -> found.addAll(context.getBean(ShutdownReport.class).findings()));
		return found;
	}

}
