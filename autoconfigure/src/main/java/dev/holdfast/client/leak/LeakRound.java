/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

import dev.holdfast.leak.Growth;
import dev.holdfast.leak.LeakDetector;
import dev.holdfast.leak.Resource;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Finding;
import dev.holdfast.report.Severity;
import dev.holdfast.socket.Descriptors;
import dev.holdfast.socket.EphemeralPorts;
import dev.holdfast.socket.SocketState;
import dev.holdfast.socket.SocketTable;
import dev.holdfast.socket.Sockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the watch does each time: leases at every round; threads and leases are counted
 * every ten seconds, and what the kernel counts is read as often, or more seldom where
 * that costs more: then it takes a twentieth of what {@link Sockets} may take, and leaves
 * the rest to those who need it at once. Ports are also looked at while many connections
 * are opened.
 */
final class LeakRound implements Runnable {

	private static final Logger LOGGER = LoggerFactory.getLogger(LeakRound.class);

	private static final long SAMPLE = TimeUnit.SECONDS.toNanos(10);

	/** More seldom a rise would not be seen. */
	private static final long MOST_SELDOM = TimeUnit.SECONDS.toNanos(60);

	/** A twentieth of one percent of a core. */
	private static final long PAUSE_PER_COST = 2_000;

	/** Connections opened since the last look that make ports worth another, at least. */
	private static final int CHURN = 20;

	/** The same, where there are many ports: one part in this many of them. */
	private static final int CHURN_PART = 20;

	/** How long a finding must have been gone to be news again. */
	private static final long AGAIN = TimeUnit.MINUTES.toNanos(10);

	private final LeakDetector detector;

	private final Sockets sockets;

	private final Growth growth;

	private final LeakFindings findings;

	private final LongSupplier traffic;

	private final LongSupplier opened;

	private final LongSupplier threads;

	private final Ticker ticker;

	private final Map<String, Told> told = new HashMap<>();

	private long sampled;

	private long read;

	private long openedBefore;

	private int churn = CHURN;

	LeakRound(LeakDetector detector, Sockets sockets, Growth growth, LeakFindings findings, LongSupplier traffic,
			LongSupplier opened, LongSupplier threads, Ticker ticker) {
		this.detector = detector;
		this.sockets = sockets;
		this.growth = growth;
		this.findings = findings;
		this.traffic = traffic;
		this.opened = opened;
		this.threads = threads;
		this.ticker = ticker;
		this.sampled = ticker.nanos() - SAMPLE;
		this.read = ticker.nanos() - MOST_SELDOM;
	}

	@Override
	public void run() {
		this.detector.look();
		long now = this.ticker.nanos();
		if (now - this.sampled >= SAMPLE) {
			this.sampled = now;
			sample();
		}
		boolean due = now - this.read >= pause();
		if (due) {
			this.read = now;
			readKernel();
		}
		long openedNow = this.opened.getAsLong();
		if (due || openedNow - this.openedBefore >= this.churn) {
			this.openedBefore = openedNow;
			this.findings.exhaustion().forEach((finding) -> tell(finding, now));
			this.told.values().removeIf((before) -> now - before.nanos() > AGAIN);
			this.churn = churn();
		}
	}

	private void sample() {
		long work = this.traffic.getAsLong();
		this.growth.sample(Resource.THREADS, this.threads.getAsLong(), work);
		this.growth.sample(Resource.LEASES, this.detector.leases(), work);
	}

	private long pause() {
		return Math.min(MOST_SELDOM, Math.max(SAMPLE, PAUSE_PER_COST * this.sockets.cost().toNanos()));
	}

	private int churn() {
		EphemeralPorts ports = this.sockets.ephemeralPorts();
		return (ports != null) ? Math.max(CHURN, ports.size() / CHURN_PART) : CHURN;
	}

	private void readKernel() {
		long work = this.traffic.getAsLong();
		Descriptors descriptors = this.sockets.descriptors();
		if (descriptors != null) {
			this.growth.sample(Resource.DESCRIPTORS, descriptors.open(), work);
		}
		SocketTable table = this.sockets.table();
		if (table != null) {
			this.growth.sample(Resource.CLOSE_WAIT, table.states().getOrDefault(SocketState.CLOSE_WAIT, 0), work);
		}
	}

	// what comes and goes about its limit is told once, what gets worse is told again
	private void tell(Finding finding, long now) {
		Told before = this.told.get(finding.id());
		if (before == null || finding.severity().compareTo(before.severity()) > 0) {
			log(finding);
			this.told.put(finding.id(), new Told(finding.severity(), now));
		}
		else if (finding.severity() == before.severity() || now - before.nanos() > AGAIN) {
			this.told.put(finding.id(), new Told(finding.severity(), now));
		}
	}

	private static void log(Finding finding) {
		if (finding.severity() == Severity.CRITICAL) {
			LOGGER.error("{} {}", finding.message(), finding.remedy());
		}
		else {
			LOGGER.warn("{} {}", finding.message(), finding.remedy());
		}
	}

	/**
	 * What was told of a finding.
	 *
	 * @param severity how bad it was
	 * @param nanos when it was last as bad as that
	 */
	private record Told(Severity severity, long nanos) {
	}

}
