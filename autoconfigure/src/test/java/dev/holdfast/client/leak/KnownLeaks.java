/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import dev.holdfast.leak.CallSites;
import dev.holdfast.leak.Growth;
import dev.holdfast.leak.LeakDetector;
import dev.holdfast.leak.LeakSettings;
import dev.holdfast.leak.Lease;
import dev.holdfast.leak.PoolSource;
import dev.holdfast.leak.PoolUse;
import dev.holdfast.leak.Reclaim;
import dev.holdfast.leak.Stacks;
import dev.holdfast.lifetime.ManualTicker;
import dev.holdfast.socket.Sockets;

/**
 * All that looks at leases, without an application.
 */
final class KnownLeaks implements PoolSource {

	static final LeakSettings SETTINGS = new LeakSettings(Duration.ofSeconds(30), Reclaim.CERTAIN, null,
			Stacks.ADAPTIVE);

	private final List<Lease> leases = new ArrayList<>();

	private final List<OpenConnection> connections = new ArrayList<>();

	private final ManualTicker ticker = new ManualTicker();

	private final Resources resources;

	private final LeakDetector detector;

	private final Growth growth = new Growth(this.ticker);

	private final LeakFindings findings;

	/**
	 * Leases on a machine.
	 * @param sockets its sockets
	 * @param leases the leases
	 */
	KnownLeaks(Sockets sockets, Lease... leases) {
		this.leases.addAll(Arrays.asList(leases));
		this.resources = new Resources(() -> List.of(this), sockets);
		this.detector = new LeakDetector(SETTINGS, () -> List.of(this), new CallSites(Stacks.ADAPTIVE), this.ticker);
		this.findings = new LeakFindings(this.detector, this.resources, this.growth);
		this.detector.look();
	}

	/**
	 * Leases on a machine that tells nothing of its sockets.
	 * @param empty an empty folder
	 * @param leases the leases
	 * @return the leases, looked at once
	 */
	static KnownLeaks withoutSockets(Path empty, Lease... leases) {
		return new KnownLeaks(new Sockets(empty, () -> 0, () -> 0), leases);
	}

	KnownLeaks connected(OpenConnection connection) {
		this.connections.add(connection);
		return this;
	}

	LeaksEndpoint endpoint(Audience stacks, Audience peers, String... roles) {
		return new LeaksEndpoint(this.detector, this.resources, this.findings, new LeakProperties(
				SETTINGS.suspectAfter(), SETTINGS.reclaim(), null, SETTINGS.stacks(), stacks, peers, Set.of(roles)));
	}

	LeakDetector detector() {
		return this.detector;
	}

	Resources resources() {
		return this.resources;
	}

	Growth growth() {
		return this.growth;
	}

	LeakFindings findings() {
		return this.findings;
	}

	@Override
	public List<PoolUse> pools() {
		return List.of(new PoolUse("http", "quotes", this.leases.size(), 1, 2, 9));
	}

	@Override
	public List<Lease> leases() {
		return this.leases;
	}

	@Override
	public List<OpenConnection> connections() {
		return this.connections;
	}

}
