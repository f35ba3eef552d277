/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import dev.holdfast.lab.report.TextTable;
import dev.holdfast.lab.rollout.Cell.Fleet;
import dev.holdfast.lab.rollout.Cell.Variant;
import dev.holdfast.lab.scenario.Workbench;

/**
 * SIGKILL in the middle of a drain, beside SIGKILL without any.
 */
final class KillPart {

	static final String ID = "kill";

	private static final int REQUESTS = 8;

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final Workbench bench;

	private final TextTable table;

	KillPart(Workbench bench, TextTable table) {
		this.bench = bench;
		this.table = table;
	}

	void run(Fleet fleet) throws Exception {
		try (Instance plain = start(fleet, Variant.VANILLA); Instance ours = start(fleet, Variant.HOLDFAST)) {
			plain.awaitReady();
			ours.awaitReady();
			Found vanilla = kill(plain, false);
			Found holdfast = kill(ours, true);
			this.table.row(ID, fleet.id(), "vanilla", vanilla);
			this.table.row(ID, fleet.id(), "holdfast", holdfast);
			this.bench.check(fleet.id() + ": SIGKILL in a drain is no worse than without one", holdfast.draining
					&& holdfast.lost <= vanilla.lost && holdfast.portFree && holdfast.seconds <= vanilla.seconds + 1,
					"%s; vanilla %s", holdfast, vanilla);
		}
	}

	private Instance start(Fleet fleet, Variant variant) throws IOException {
		return Instance.start(this.bench.launcher(), "rollout-kill-" + fleet.id() + "-" + Cell.name(variant),
				fleet.options(variant, Timing.of(this.bench.form()).arguments()));
	}

	private static Found kill(Instance instance, boolean drain) throws Exception {
		try (InFlight requests = InFlight.begin(instance.port(), "/demo/sleep?ms=20000", REQUESTS)) {
			Pause.of(Duration.ofSeconds(1));
			if (drain) {
				instance.terminate();
			}
			boolean draining = drain && Pause.until(LIMIT, () -> instance.readiness() == 503);
			Pause.of(Duration.ofSeconds(1));
			long killed = System.nanoTime();
			instance.kill();
			List<Ending> endings = requests.await();
			int lost = (int) endings.stream().filter((ending) -> !ending.isGood()).count();
			Pause.until(LIMIT, () -> !instance.isAlive());
			return new Found(draining, lost, Ending.lastSeconds(endings, killed), isFree(instance.port()),
					Ending.text(endings));
		}
	}

	private static boolean isFree(int port) {
		try (ServerSocket socket = new ServerSocket(port, 1)) {
			return socket.isBound();
		}
		catch (IOException ex) {
			return false;
		}
	}

	private record Found(boolean draining, int lost, double seconds, boolean portFree, String endings) {

		@Override
		public String toString() {
			return String.format(Locale.ROOT, "%s%d of %d in flight lost (%s), the last after %.2f s, port %s",
					this.draining ? "draining; " : "", this.lost, REQUESTS, this.endings, this.seconds,
					this.portFree ? "free" : "taken");
		}

	}

}
