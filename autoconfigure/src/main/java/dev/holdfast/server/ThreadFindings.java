/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.holdfast.report.Finding;
import dev.holdfast.report.Severity;

/**
 * What is to be said about a limit beside the threads of the server: one must stay free
 * to refuse and to answer probes.
 *
 * @param limit the limit in force
 * @param maxQueued how many may wait
 * @param capacity what the server can carry
 */
record ThreadFindings(int limit, int maxQueued, ServerCapacity capacity) {

	/**
	 * All findings.
	 * @param fromTheUsersThreads whether the limit follows from a number of threads that
	 * the user chose
	 * @return the findings, none if the server has no bound on its threads
	 */
	List<Finding> all(boolean fromTheUsersThreads) {
		List<Finding> findings = new ArrayList<>();
		if (!this.capacity.isBounded()) {
			return findings;
		}
		if (this.capacity.usableThreads() <= 1) {
			findings.add(singleThread());
		}
		else if ((long) this.limit + this.maxQueued >= this.capacity.usableThreads()) {
			findings.add(noFreeThread());
		}
		if (fromTheUsersThreads && this.limit < this.capacity.usableThreads()) {
			findings.add(limitBelowThreads());
		}
		return findings;
	}

	// lowering the limit does not help: it is at least 1
	private Finding singleThread() {
		return new Finding("concurrency-no-free-thread", Severity.WARNING,
				"%s has %s for requests%s: while one runs nothing is refused, no probe is answered, and the others wait where no limit counts them."
					.formatted(this.capacity.server(), threads(), keptByTheServer()),
				"Raise %s to at least %d.".formatted(key(), withheld() + 2));
	}

	private Finding noFreeThread() {
		return new Finding("concurrency-no-free-thread", Severity.WARNING,
				"The limit (%d) and the waiters (%d) can occupy all of %s's %s: then nothing is left to refuse and to answer probes."
					.formatted(this.limit, this.maxQueued, this.capacity.server(), threads()),
				"Lower holdfast.concurrency.limit or holdfast.concurrency.max-queued, or raise %s.".formatted(key()));
	}

	private Finding limitBelowThreads() {
		if (this.capacity.virtual() && this.limit == Limits.VIRTUAL_LIMIT) {
			return new Finding("concurrency-limit-below-threads", Severity.INFO,
					"The limit is %d although %s has %s: it is the default where threads cost little and memory does not."
						.formatted(this.limit, this.capacity.server(), threads()),
					"Set holdfast.concurrency.limit for another.");
		}
		int configured = this.capacity.configuredThreads();
		return new Finding("concurrency-limit-below-threads", Severity.INFO,
				"The limit is %d although %s has %d threads%s: %d stay free of running requests, to refuse, to answer probes and for those who wait."
					.formatted(this.limit, this.capacity.server(), configured, keptByTheServer(),
							this.capacity.usableThreads() - this.limit),
				"For a limit of at least %d set %s=%d.".formatted(configured, key(), threadsFor(configured)));
	}

	// what Jetty withholds grows with its threads
	private int threadsFor(int limit) {
		int usable = Limits.threadsFor(limit);
		return usable
				+ (int) Math.ceil((double) withheld() * (usable + withheld()) / this.capacity.configuredThreads());
	}

	private int withheld() {
		return this.capacity.configuredThreads() - this.capacity.usableThreads();
	}

	private String keptByTheServer() {
		return (withheld() > 0) ? " and keeps %d for itself".formatted(withheld()) : "";
	}

	private String key() {
		return Objects.requireNonNullElse(ServerDefaults.threadsKey(this.capacity), "the threads of the server");
	}

	private String threads() {
		return ConcurrencyReport.threads(this.capacity);
	}

}
