/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.util.List;

import dev.holdfast.lab.scenario.Scenario;

/**
 * Experiments with outbound calls, in the order in which they run.
 */
public final class OutboundScenarios {

	private OutboundScenarios() {
	}

	public static List<Scenario> all() {
		return List.of(new FaultsScenario(), new StormScenario(), new IdentityScenario(), new OutboundCostScenario());
	}

}
