/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.holdfast.lab.app.Actuator;
import dev.holdfast.lab.app.AppOptions;
import dev.holdfast.lab.app.Launcher;
import dev.holdfast.lab.app.LimiterState;
import dev.holdfast.lab.app.SampleApp;
import dev.holdfast.lab.load.ClosedLoop;
import dev.holdfast.lab.load.LoadGenerator;
import dev.holdfast.lab.load.LoadPlan;
import dev.holdfast.lab.load.LoadResult;
import dev.holdfast.lab.load.Phase;
import dev.holdfast.lab.load.Probe;

/**
 * Runs one cell on a fresh JVM: warm up, half the capacity, the step, half the capacity
 * again.
 */
final class OverloadRun {

	private static final double CALM_FACTOR = 0.5;

	/** More of it, and the compiler does not get on beside it on one core. */
	private static final double WARM_UP_FACTOR = 3;

	private static final int WARM_UP_ROUNDS = 3;

	private static final Duration DRAIN = Duration.ofSeconds(60);

	private final Launcher launcher;

	private final Lengths lengths;

	OverloadRun(Launcher launcher, Lengths lengths) {
		this.launcher = launcher;
		this.lengths = lengths;
	}

	/**
	 * Most that the server does for clients who wait: the best of several numbers of
	 * them, without us.
	 * @param route what is asked for
	 * @param virtual whether requests run on virtual threads
	 * @return good answers per second
	 * @throws Exception if it cannot be measured
	 */
	double capacity(Route route, boolean virtual) throws Exception {
		AppOptions options = virtual ? AppOptions.vanilla().onVirtualThreads() : AppOptions.vanilla();
		try (SampleApp app = this.launcher.start("calibrate-" + route.id(), options).awaitAnswer("/demo/hello")) {
			double best = 0;
			Duration warmUp = this.lengths.warmUp().multipliedBy(route.warmUps());
			for (int clients : route.clients()) {
				best = Math.max(best,
						ClosedLoop.run(app.port(), route.mix(), clients, warmUp, this.lengths.calibration()));
				warmUp = Duration.ofMillis(500);
			}
			return best;
		}
	}

	CellResult run(Cell cell, double capacity) throws Exception {
		int voidRuns = 0;
		CellResult result = once(cell, capacity, voidRuns);
		while (result.load().isVoid() && voidRuns < this.lengths.repeats()) {
			voidRuns++;
			result = once(cell, capacity, voidRuns);
		}
		return result;
	}

	private CellResult once(Cell cell, double capacity, int voidRuns) throws Exception {
		try (SampleApp app = this.launcher.start(cell.id(), cell.variant().options()).awaitAnswer("/demo/hello")) {
			warmUp(app, cell, capacity);
			LoadPlan plan = LoadPlan
				.of(app.port(), cell.route().mix(), Phase.poisson("calm", CALM_FACTOR * capacity, this.lengths.calm()),
						Phase.poisson("step", cell.factor() * capacity, this.lengths.step()),
						Phase.poisson("recovery", CALM_FACTOR * capacity, this.lengths.recovery()))
				.spread();
			try (Probe probe = Probe.start(app.port(), "/livez")) {
				LoadResult load = LoadGenerator.run(plan);
				return new CellResult(cell, capacity, load, probe.stop(), afterDrain(app.actuator()), voidRuns);
			}
		}
	}

	/**
	 * Open-loop already, for the generator has code to warm up too. A probe is asked for,
	 * as any platform would have by then. Where recovery is promised a short overload
	 * goes before, and the compiler finishes what that has given it, so that neither the
	 * interpreter is measured nor the compiler; elsewhere it would never be left again.
	 * @param app the application
	 * @param cell what is measured
	 * @param capacity what the server can do
	 * @throws IOException if there is no selector to be had
	 */
	private void warmUp(SampleApp app, Cell cell, double capacity) throws IOException {
		app.awaitAnswer("/livez");
		double calm = CALM_FACTOR * capacity;
		Duration length = this.lengths.warmUp().multipliedBy(cell.route().warmUps());
		LoadGenerator.run(LoadPlan.of(app.port(), cell.route().mix(), Phase.poisson("warm-up", calm, length)));
		app.awaitIdle();
		if (!cell.variant().promised() || cell.factor() <= 1) {
			return;
		}
		LoadPlan overload = LoadPlan
			.of(app.port(), cell.route().mix(),
					Phase.poisson("overload", Math.min(cell.factor(), WARM_UP_FACTOR) * capacity, length.dividedBy(2)),
					Phase.poisson("calm", calm, Duration.ofSeconds(1)))
			.spread();
		for (int round = 0; round < WARM_UP_ROUNDS; round++) {
			LoadGenerator.run(overload);
			app.awaitIdle();
		}
	}

	private static Optional<LimiterState> afterDrain(Actuator actuator) throws IOException {
		long end = System.nanoTime() + DRAIN.toNanos();
		Optional<LimiterState> state = actuator.limiter();
		while (state.isPresent() && !state.get().isIdle() && System.nanoTime() < end) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
			state = actuator.limiter();
		}
		return state;
	}

	/**
	 * How long the parts of a run are.
	 *
	 * @param warmUp closed-loop load that is not counted
	 * @param calibration per number of clients
	 * @param calm at half the capacity, before the step
	 * @param step at the factor in question
	 * @param recovery at half the capacity, after it
	 * @param repeats how often a void run is repeated
	 */
	record Lengths(Duration warmUp, Duration calibration, Duration calm, Duration step, Duration recovery,
			int repeats) {

		static Lengths ofSeconds(long warmUp, long calibration, long calm, long step, long recovery, int repeats) {
			return new Lengths(Duration.ofSeconds(warmUp), Duration.ofSeconds(calibration), Duration.ofSeconds(calm),
					Duration.ofSeconds(step), Duration.ofSeconds(recovery), repeats);
		}

		Lengths with(Duration warmUp, Duration step) {
			return new Lengths(warmUp, this.calibration, this.calm, step, this.recovery, this.repeats);
		}

	}

}
