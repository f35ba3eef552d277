/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

import dev.holdfast.lab.report.TextTable;
import dev.holdfast.lab.rollout.Cell.Fleet;
import dev.holdfast.lab.rollout.Cell.Variant;
import dev.holdfast.lab.scenario.Workbench;

/**
 * What an instance tells those who are connected to it after SIGTERM.
 */
final class HeaderPart {

	static final String ID = "header";

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Duration GAP = Duration.ofMillis(10);

	private static final String PLAIN = "/demo/hello";

	/** JSON, which is compressed: nobody knows its length when it is begun. */
	private static final String CHUNKED = "/demo/outcomes";

	private static final int KEPT = 10;

	private static final int IDLE = 4;

	private static final int FEWEST = 50;

	private final Workbench bench;

	private final TextTable table;

	HeaderPart(Workbench bench, TextTable table) {
		this.bench = bench;
		this.table = table;
	}

	/**
	 * Sends SIGTERM to an instance that is ready, and requests until nobody listens.
	 * @param fleet how it runs
	 * @param variant with us or without us; only the first is claimed of
	 * @param instance the instance
	 * @throws Exception if nothing could be found out
	 */
	void run(Fleet fleet, Variant variant, Instance instance) throws Exception {
		List<HttpConnection> connections = new ArrayList<>();
		try {
			List<FutureTask<Long>> ends = new ArrayList<>();
			for (int i = 0; i < IDLE; i++) {
				HttpConnection idle = used(instance, connections);
				ends.add(start(() -> idle.awaitEnd(TIMEOUT.multipliedBy(3)) ? System.nanoTime() : Long.MAX_VALUE));
			}
			List<HttpConnection> kept = new ArrayList<>();
			for (int i = 0; i < KEPT; i++) {
				kept.add(used(instance, connections));
			}
			boolean chunked = kept.get(0).get(CHUNKED, TIMEOUT).chunked();
			HeaderCounts counts = new HeaderCounts();
			long terminated = System.nanoTime();
			instance.terminate();
			boolean told = Pause.until(Duration.ofSeconds(5), () -> !instance.isReady());
			for (int i = 0; i < KEPT; i++) {
				ask(kept.get(i), (i % 2 == 0) ? PLAIN : CHUNKED, counts);
			}
			long lastConnect = askUntilRefused(instance, counts, terminated);
			long inTime = 0;
			for (FutureTask<Long> end : ends) {
				inTime += (end.get() - lastConnect <= 0) ? 1 : 0;
			}
			report(fleet, variant, told, counts, inTime);
			if (variant == Variant.HOLDFAST) {
				framing(fleet, chunked, counts);
			}
		}
		finally {
			connections.forEach(HttpConnection::close);
		}
	}

	private static HttpConnection used(Instance instance, List<HttpConnection> connections) throws IOException {
		HttpConnection connection = new HttpConnection(instance.port(), TIMEOUT);
		connections.add(connection);
		Answer answer = connection.get(CHUNKED, TIMEOUT);
		if (answer.closes() || !answer.chunked()) {
			throw new IOException(
					"Before SIGTERM an answer is chunked and its connection kept, but there was " + answer.headers());
		}
		return connection;
	}

	private static FutureTask<Long> start(Callable<Long> callable) {
		FutureTask<Long> task = new FutureTask<>(callable);
		Thread thread = new Thread(task, "idle");
		thread.setDaemon(true);
		thread.start();
		return task;
	}

	private static void ask(HttpConnection connection, String path, HeaderCounts counts) {
		try {
			counts.answered(connection.get(path, TIMEOUT), path.equals(CHUNKED));
		}
		catch (IOException ex) {
			counts.unanswered();
		}
	}

	/**
	 * Opens connections, and uses each for as long as it is kept.
	 * @param instance the instance
	 * @param counts what it answers
	 * @param terminated when it got SIGTERM
	 * @return when the last connection was opened that could be, SIGTERM if none could
	 * @throws InterruptedException if interrupted
	 */
	private static long askUntilRefused(Instance instance, HeaderCounts counts, long terminated)
			throws InterruptedException {
		long end = System.nanoTime() + Timing.GRACE.toNanos();
		long lastConnect = terminated;
		int number = 0;
		while (System.nanoTime() < end) {
			long begin = System.nanoTime();
			try (HttpConnection connection = new HttpConnection(instance.port(), TIMEOUT)) {
				lastConnect = begin;
				do {
					ask(connection, (number++ % 2 == 0) ? PLAIN : CHUNKED, counts);
					Pause.of(GAP);
				}
				while (connection.isReusable());
			}
			catch (IOException ex) {
				return lastConnect;
			}
		}
		return lastConnect;
	}

	private void report(Fleet fleet, Variant variant, boolean told, HeaderCounts counts, long inTime) {
		String found = counts + "; " + inTime + " of " + IDLE + " idle connections ended while others could be opened";
		this.table.row(ID, fleet.id(), Cell.name(variant), found);
		if (variant == Variant.VANILLA) {
			return;
		}
		this.bench.check(fleet.id() + ": while draining, answers tell the client to close its connection",
				told && counts.answers() >= FEWEST && counts.closing() >= 0.99 * counts.answers(), "%s", counts);
		this.bench.check(fleet.id() + ": idle connections end before the port does", inTime == IDLE, "%d of %d", inTime,
				IDLE);
	}

	private void framing(Fleet fleet, boolean chunked, HeaderCounts counts) {
		if (!chunked) {
			this.bench.say("SKIP  rollout/" + ID + "/" + fleet.id() + ": nothing is chunked before SIGTERM either");
			return;
		}
		this.bench.check(fleet.id() + ": chunked answers stay chunked",
				counts.streamed() > 0 && counts.chunked() == counts.streamed(), "%d of %d", counts.chunked(),
				counts.streamed());
	}

}
