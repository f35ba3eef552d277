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

	private final CostClient client;

	private final ChildProcess process;

	private final List<Double> micros = new ArrayList<>();

	private final List<Double> perSecond = new ArrayList<>();

	private CostSeries(CostClient client, ChildProcess process) {
		this.client = client;
		this.process = process;
	}

	static CostSeries start(Launcher launcher, CostClient client, String url) throws IOException {
		return new CostSeries(client, ChildProcess.start(launcher, List.of(), CostCaller.class, client.name(), url));
	}

	void warmUp(Duration length) throws IOException {
		ask(length);
	}

	void play(Duration length) throws IOException {
		String[] figures = ask(length);
		double calls = Math.max(1, Double.parseDouble(figures[0]));
		this.micros.add(Double.parseDouble(figures[1]) / 1000 / calls);
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
