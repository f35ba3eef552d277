/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.util.List;

/**
 * Experiments with the running application, in the order in which they run.
 */
public final class LoadScenarios {

	private LoadScenarios() {
	}

	public static List<Scenario> all() {
		return List.of(new OverloadScenario(), new BurstScenario(), new LongPollScenario(), new CostScenario(),
				new RefusalScenario(), new StartupScenario());
	}

}
