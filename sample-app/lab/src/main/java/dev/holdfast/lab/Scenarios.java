/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab;

import java.util.ArrayList;
import java.util.List;

import dev.holdfast.lab.bench.BenchScenario;
import dev.holdfast.lab.bench.LeaseScenario;
import dev.holdfast.lab.bench.LifetimeScenario;
import dev.holdfast.lab.ghosts.GhostsScenario;
import dev.holdfast.lab.leaks.LeaksScenario;
import dev.holdfast.lab.leaks.SoakScenario;
import dev.holdfast.lab.outbound.OutboundScenarios;
import dev.holdfast.lab.patience.PatienceScenario;
import dev.holdfast.lab.rollout.RolloutScenario;
import dev.holdfast.lab.scenario.KeepAliveScenario;
import dev.holdfast.lab.scenario.LoadScenarios;
import dev.holdfast.lab.scenario.Scenario;
import dev.holdfast.lab.sockets.SocketsScenario;

/**
 * All experiments, in the order in which they run.
 */
final class Scenarios {

	private Scenarios() {
	}

	static List<Scenario> all() {
		List<Scenario> all = new ArrayList<>(LoadScenarios.all());
		all.add(new KeepAliveScenario());
		all.addAll(OutboundScenarios.all());
		all.add(new LeaksScenario());
		all.add(new SoakScenario());
		all.add(new BenchScenario());
		all.add(new LeaseScenario());
		all.add(new LifetimeScenario());
		all.add(new SocketsScenario());
		all.add(new RolloutScenario());
		all.add(new GhostsScenario());
		all.add(new PatienceScenario());
		return all;
	}

}
