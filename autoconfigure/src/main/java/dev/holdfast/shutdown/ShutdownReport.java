/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.util.ArrayList;
import java.util.List;

import dev.holdfast.report.Finding;
import dev.holdfast.report.Mode;
import dev.holdfast.report.Protection;
import dev.holdfast.report.Setting;
import dev.holdfast.report.Severity;
import dev.holdfast.settings.SettingSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;

/**
 * How the drain explains its times, and what is wrong with them.
 */
final class ShutdownReport implements Protection, ApplicationListener<ApplicationReadyEvent> {

	private static final Logger LOGGER = LoggerFactory.getLogger(ShutdownReport.class);

	private static final String PREFIX = "holdfast.shutdown.";

	private final DrainPlan plan;

	private final boolean graceful;

	private final Environment environment;

	private final SettingSource source;

	ShutdownReport(DrainPlan plan, boolean graceful, Environment environment) {
		this.plan = plan;
		this.graceful = graceful;
		this.environment = environment;
		this.source = new SettingSource(environment, PREFIX);
	}

	@Override
	public String name() {
		return "shutdown";
	}

	@Override
	public Mode mode() {
		return Mode.ENFORCE;
	}

	@Override
	public List<Setting> settings() {
		return List.of(new Setting(PREFIX + "delay", DrainPlan.text(this.plan.delay()), delaySource()),
				new Setting(ShutdownValidation.PHASE_KEY, DrainPlan.text(this.plan.phase()),
						this.environment.containsProperty(ShutdownValidation.PHASE_KEY) ? "properties" : "default"),
				this.source.setting("grace-period", DrainPlan.text(this.plan.gracePeriod())),
				this.source.setting("prestop-sleep", DrainPlan.text(this.plan.prestopSleep())),
				this.source.setting("quiet-period",
						(this.plan.quietPeriod() != null) ? DrainPlan.text(this.plan.quietPeriod()) : "-"));
	}

	private String delaySource() {
		String place = ShutdownValidation.isKubernetes(this.environment) ? "on" : "outside of";
		String from = this.source.source("delay", "default " + place + " Kubernetes");
		return this.plan.prestopSleep().isZero() ? from : from + ", less prestop-sleep";
	}

	@Override
	public List<Finding> findings() {
		List<Finding> findings = new ArrayList<>();
		if (!this.plan.fits()) {
			findings.add(new Finding("shutdown-budget", Severity.WARNING,
					"The shutdown does not fit into the grace period of %s: %s. What is left then is killed."
						.formatted(DrainPlan.text(this.plan.gracePeriod()), this.plan.sum()),
					"Raise terminationGracePeriodSeconds and holdfast.shutdown.grace-period, or lower holdfast.shutdown.delay or "
							+ ShutdownValidation.PHASE_KEY + "."));
		}
		if (!this.graceful) {
			findings.add(new Finding("shutdown-immediate", Severity.CRITICAL,
					"The server stops without waiting for requests that run (server.shutdown=immediate).",
					"Remove server.shutdown, or set it to graceful."));
		}
		if (ShutdownValidation.isKubernetes(this.environment) && this.plan.delay().isZero()
				&& this.plan.prestopSleep().isZero()) {
			findings.add(new Finding("shutdown-no-delay", Severity.WARNING,
					"On Kubernetes traffic goes on for seconds after SIGTERM, but the port closes at once.",
					"Remove holdfast.shutdown.delay=0s, or name the sleep of the preStop hook in holdfast.shutdown.prestop-sleep."));
		}
		return findings;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		// an immediate stop is somebody's choice, in tests for one
		findings().stream()
			.filter((finding) -> finding.severity() == Severity.WARNING)
			.forEach((finding) -> LOGGER.warn("{} {}", finding.message(), finding.remedy()));
	}

}
