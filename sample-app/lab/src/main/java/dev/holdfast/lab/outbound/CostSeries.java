/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import dev.holdfast.lab.app.Launcher;

/**
 * One client in its own JVM.
 */
final class CostSeries implements AutoCloseable {

	private static final int QUIET_ROUNDS = 3;

	private static final double QUIET_SHARE = 0.02;

	private final CostClient client;

	private final ChildProcess process;

	private final CostFigures figures;

	private long calls;

	private long processorNanos;

	private long nanos;

	private double compilerMillis;

	private CostSeries(CostClient client, ChildProcess process, CostFigures figures) {
		this.client = client;
		this.process = process;
		this.figures = figures;
	}

	static CostSeries start(Launcher launcher, CostClient client, String url, CostFigures figures) throws IOException {
		return new CostSeries(client, ChildProcess.start(launcher, List.of(), CostCaller.class, client.name(), url),
				figures);
	}

	/**
	 * Calls until the JIT compiler has come to rest: it shares the core, and more code
	 * takes it longer.
	 * @param length of one round
	 * @param most rounds
	 * @throws IOException if the process has ended
	 */
	void warmUp(Duration length, int most) throws IOException {
		int quiet = 0;
		for (int round = 0; round < most && quiet < QUIET_ROUNDS; round++) {
			quiet = (compilerShare(ask(length)) < QUIET_SHARE) ? quiet + 1 : 0;
		}
	}

	private static double compilerShare(String[] figures) {
		return Double.parseDouble(figures[3]) * 1e6 / Double.parseDouble(figures[2]);
	}

	/**
	 * Takes a turn of the round.
	 * @param length of the turn
	 * @throws IOException if the process has ended
	 */
	void turn(Duration length) throws IOException {
		String[] told = ask(length);
		this.calls += Long.parseLong(told[0]);
		this.processorNanos += Long.parseLong(told[1]);
		this.nanos += Long.parseLong(told[2]);
		this.compilerMillis += Double.parseDouble(told[3]);
	}

	/**
	 * Ends the round: its turns are one figure.
	 */
	void endRound() {
		double answered = Math.max(1, this.calls);
		this.figures.add(this.processorNanos / 1000.0 / answered, answered * 1e9 / this.nanos,
				this.compilerMillis * 1e6 / this.nanos);
		this.calls = 0;
		this.processorNanos = 0;
		this.nanos = 0;
		this.compilerMillis = 0;
	}

	private String[] ask(Duration length) throws IOException {
		this.process.tell(Long.toString(length.toMillis()));
		return this.process.hear().split(" ", -1);
	}

	CostClient client() {
		return this.client;
	}

	@Override
	public void close() {
		this.process.close();
	}

}
