/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

import dev.holdfast.concurrency.LimiterSettings;
import dev.holdfast.report.Finding;
import dev.holdfast.report.Mode;
import dev.holdfast.report.Protection;
import dev.holdfast.report.Setting;
import dev.holdfast.report.Severity;
import org.slf4j.Logger;

/**
 * How the admission explains its state.
 */
final class ConcurrencyReport implements Protection {

	private final ServerLimiters limiters;

	ConcurrencyReport(ServerLimiters limiters) {
		this.limiters = limiters;
	}

	/**
	 * Says what is open, after numbers have changed.
	 * @param logger logger of whoever changed them
	 * @param limiters the limiters
	 */
	static void warn(Logger logger, ServerLimiters limiters) {
		new ConcurrencyReport(limiters).findings()
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
		Limits.Chosen chosen = this.limiters.chosen();
		return List.of(setting("limit", settings.limit(), chosen.limit()),
				setting("max-queued", settings.maxQueued(), chosen.maxQueued()),
				setting("async-limit", settings.asyncLimit(), chosen.asyncLimit()),
				new Setting("holdfast.concurrency.max-wait", settings.maxWait().toMillis() + "ms", "properties"));
	}

	private Setting setting(String key, int value, OptionalInt chosen) {
		String source = chosen.isEmpty() ? "auto: " + threads(this.limiters.capacity())
				: (chosen.getAsInt() == value) ? "properties" : "changed at run time";
		return new Setting("holdfast.concurrency." + key, Integer.toString(value), source);
	}

	@Override
	public List<Finding> findings() {
		List<Finding> findings = new ArrayList<>();
		LimiterSettings settings = this.limiters.server().settings();
		ServerCapacity capacity = this.limiters.capacity();
		int occupied = settings.limit() + settings.maxQueued();
		if (capacity.usableThreads() > 1 && occupied >= capacity.usableThreads()) {
			findings.add(new Finding("concurrency-no-free-thread", Severity.WARNING,
					"The limit (%d) and the waiters (%d) can occupy all of %s's %s: then nothing is left to refuse and to answer probes."
						.formatted(settings.limit(), settings.maxQueued(), capacity.server(), threads(capacity)),
					"Lower holdfast.concurrency.limit or holdfast.concurrency.max-queued, or raise the threads."));
		}
		return findings;
	}

	static String threads(ServerCapacity capacity) {
		String kind = capacity.virtual() ? "virtual threads" : "threads";
		return (capacity.usableThreads() > 0) ? capacity.usableThreads() + " " + kind : "no bound on its " + kind;
	}

}
