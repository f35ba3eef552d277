/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.util.ArrayList;
import java.util.List;

import dev.holdfast.lab.scenario.Statistics;

/**
 * What the rounds of one client took, in one JVM after the other.
 */
final class CostFigures {

	private final CostClient client;

	private final List<List<Double>> micros = new ArrayList<>();

	private final List<Double> perSecond = new ArrayList<>();

	private final List<Double> compiler = new ArrayList<>();

	CostFigures(CostClient client) {
		this.client = client;
	}

	CostClient client() {
		return this.client;
	}

	/**
	 * Begins with another JVM.
	 */
	void beginFork() {
		this.micros.add(new ArrayList<>());
	}

	/**
	 * Adds a round of the JVM that was begun last.
	 * @param microsPerCall processor time of a call, in microseconds
	 * @param callsPerSecond calls in a second
	 * @param compilerShare share of the time in which the JIT compiler was at work
	 */
	void add(double microsPerCall, double callsPerSecond, double compilerShare) {
		this.micros.get(this.micros.size() - 1).add(microsPerCall);
		this.perSecond.add(callsPerSecond);
		this.compiler.add(compilerShare);
	}

	double micros() {
		return Statistics.median(this.micros.stream().flatMap(List::stream).toList());
	}

	double perSecond() {
		return Statistics.median(this.perSecond);
	}

	double compiler() {
		return Statistics.median(this.compiler);
	}

	/**
	 * Processor time of a call beside that of another client in the same rounds: for each
	 * JVM the median. What the JIT compiler makes of the same code differs from one JVM
	 * to the next by more than a round does from another.
	 * @param other what was played in the same rounds
	 * @return one ratio for each JVM
	 */
	List<Double> ratiosTo(CostFigures other) {
		List<Double> ratios = new ArrayList<>();
		for (int fork = 0; fork < this.micros.size(); fork++) {
			List<Double> ofRounds = new ArrayList<>();
			for (int round = 0; round < this.micros.get(fork).size(); round++) {
				ofRounds.add(this.micros.get(fork).get(round) / other.micros.get(fork).get(round));
			}
			ratios.add(Statistics.median(ofRounds));
		}
		return ratios;
	}

}
