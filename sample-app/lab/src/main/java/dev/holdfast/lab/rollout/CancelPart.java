/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.IOException;
import java.time.Duration;

import dev.holdfast.lab.report.TextTable;
import dev.holdfast.lab.rollout.Cell.Fleet;
import dev.holdfast.lab.scenario.Workbench;

/**
 * A drain that somebody has begun, and takes back.
 */
final class CancelPart {

	static final String ID = "cancel";

	private static final Duration LIMIT = Duration.ofSeconds(2);

	private static final String ENDPOINT = "/actuator/drain";

	private static final int PER_SECOND = 50;

	private static final int AFTERWARDS = 20;

	private final Workbench bench;

	private final TextTable table;

	CancelPart(Workbench bench, TextTable table) {
		this.bench = bench;
		this.table = table;
	}

	void run(Fleet fleet, Instance instance) throws Exception {
		Counts counts;
		int started;
		int cancelled;
		boolean refusing;
		boolean back;
		try (Load load = Load.start(new OpenLoop(instance.port(), "/demo/sleep?ms=20", PER_SECOND),
				Duration.ofSeconds(2), 1)) {
			Pause.of(Duration.ofSeconds(1));
			started = send(instance, "POST");
			refusing = Pause.until(LIMIT, () -> instance.readiness() == 503);
			Pause.of(Duration.ofSeconds(1));
			cancelled = send(instance, "DELETE");
			back = Pause.until(LIMIT, instance::isReady);
			Pause.of(Duration.ofSeconds(1));
			counts = load.await();
		}
		int kept = kept(instance);
		String found = "POST " + started + ", DELETE " + cancelled + "; " + counts + "; " + kept + " of " + AFTERWARDS
				+ " answers afterwards keep their connection";
		this.table.row(ID, fleet.id(), "holdfast", found);
		this.bench.check(fleet.id() + ": a drain that is cancelled returns readiness, and service goes on",
				refusing && back && counts.failed() == 0 && kept == AFTERWARDS, "readiness %s, then %s; %s",
				refusing ? "503" : "not 503", back ? "200" : "not 200", found);
	}

	private static int send(Instance instance, String method) throws IOException {
		try (HttpConnection connection = new HttpConnection(instance.managementPort(), LIMIT)) {
			return connection.send(method, ENDPOINT, LIMIT).status();
		}
	}

	private static int kept(Instance instance) throws IOException {
		int kept = 0;
		try (HttpConnection connection = new HttpConnection(instance.port(), LIMIT)) {
			while (kept < AFTERWARDS && !connection.get("/demo/hello", LIMIT).closes()) {
				kept++;
			}
		}
		return kept;
	}

}
