/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.holdfast.lab.app.Launcher;
import dev.holdfast.lab.scenario.Statistics;

/**
 * One client in its own JVM, and what its rounds took.
 */
final class CostSeries implements AutoCloseable {

	private static final int QUIET_ROUNDS = 3;

	private static final double QUIET_SHARE = 0.02;

	private final CostClient client;

	private final ChildProcess process;

	private final List<Double> micros = new ArrayList<>();

	private final List<Double> perSecond = new ArrayList<>();

	private final List<Double> compiler = new ArrayList<>();

	private CostSeries(CostClient client, ChildProcess process) {
		this.client = client;
		this.process = process;
	}

	static CostSeries start(Launcher launcher, CostClient client, String url) throws IOException {
		return new CostSeries(client, ChildProcess.start(launcher, List.of(), CostCaller.class, client.name(), url));
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
	 * Share of the time in which the JIT compiler was at work in the rounds that count.
	 * @return the median, from 0
	 */
	double compiler() {
		return Statistics.median(this.compiler);
	}

	void play(Duration length) throws IOException {
		String[] figures = ask(length);
		double calls = Math.max(1, Double.parseDouble(figures[0]));
		this.micros.add(Double.parseDouble(figures[1]) / 1000 / calls);
		this.compiler.add(compilerShare(figures));
		this.perSecond.add(calls * 1e9 / Double.parseDouble(figures[2]));
	}

	private String[] ask(Duration length) throws IOException {
		this.process.tell(Long.toString(length.toMillis()));
		return this.process.hear().split(" ", -1);
	}

	CostClient client() {
		return this.client;
	}

	double micros() {
		return Statistics.median(this.micros);
	}

	double perSecond() {
		return Statistics.median(this.perSecond);
	}

	/**
	 * Processor time of a call beside that of others, round by round.
	 * @param others what was played in the same rounds
	 * @return the ratios
	 */
	List<Double> ratiosTo(CostSeries others) {
		List<Double> ratios = new ArrayList<>();
		for (int i = 0; i < this.micros.size(); i++) {
			ratios.add(this.micros.get(i) / others.micros.get(i));
		}
		return ratios;
	}

	@Override
	public void close() {
		this.process.close();
	}

}
