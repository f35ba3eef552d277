/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.List;
import java.util.OptionalInt;

import dev.holdfast.concurrency.LimiterSettings;
import dev.holdfast.report.Finding;
import dev.holdfast.report.Mode;
import dev.holdfast.report.Protection;
import dev.holdfast.report.Setting;
import dev.holdfast.report.Severity;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * How the admission explains its state.
 */
final class ConcurrencyReport implements Protection {

	private final ServerLimiters limiters;

	ConcurrencyReport(ServerLimiters limiters) {
		this.limiters = limiters;
	}

	/**
	 * Says all there is to know, once the numbers are worked out.
	 * @param logger logger of whoever worked them out
	 * @param limiters the limiters
	 */
	static void say(Logger logger, ServerLimiters limiters) {
		for (Finding finding : new ConcurrencyReport(limiters).findings()) {
			logger.atLevel((finding.severity() == Severity.INFO) ? Level.INFO : Level.WARN)
				.log("{} {}", finding.message(), finding.remedy());
		}
	}

	/**
	 * Says what is open, after numbers have changed.
	 * @param logger logger of whoever changed them
	 * @param limiters the limiters
	 */
	static void warn(Logger logger, ServerLimiters limiters) {
		new ConcurrencyReport(limiters).findings()
			.stream()
			.filter((finding) -> finding.severity() != Severity.INFO)
			.forEach((finding) -> logger.warn("{} {}", finding.message(), finding.remedy()));
	}

	@Override
	public String name() {
		return "concurrency";
	}

	@Override
	public Mode mode() {
		return this.limiters.server().settings().mode();
	}

	@Override
	public List<Setting> settings() {
		LimiterSettings settings = this.limiters.server().settings();
		Limits limits = this.limiters.limits();
		Limits.Chosen chosen = this.limiters.chosen();
		return List.of(setting("limit", settings.limit(), limits.limit(), chosen.limit()),
				setting("max-queued", settings.maxQueued(), limits.maxQueued(), chosen.maxQueued()),
				setting("async-limit", settings.asyncLimit(), limits.asyncLimit(), chosen.asyncLimit()),
				new Setting("holdfast.concurrency.max-wait", settings.maxWait().toMillis() + "ms", "properties"));
	}

	private Setting setting(String key, int value, int fromTheStart, OptionalInt chosen) {
		String source = (value != fromTheStart) ? "changed at run time"
				: chosen.isPresent() ? "properties" : "auto: " + threads(this.limiters.capacity());
		return new Setting("holdfast.concurrency." + key, Integer.toString(value), source);
	}

	@Override
	public List<Finding> findings() {
		LimiterSettings settings = this.limiters.server().settings();
		boolean fromTheUsersThreads = !this.limiters.hasOwnThreads() && this.limiters.chosen().limit().isEmpty()
				&& settings.limit() == this.limiters.limits().limit();
		return new ThreadFindings(settings.limit(), settings.maxQueued(), this.limiters.capacity())
			.all(fromTheUsersThreads);
	}

	static String threads(ServerCapacity capacity) {
		String kind = capacity.virtual() ? "virtual thread" : "thread";
		if (!capacity.isBounded()) {
			return "no bound on its " + kind + "s";
		}
		return capacity.usableThreads() + " " + ((capacity.usableThreads() == 1) ? kind : kind + "s");
	}

}
