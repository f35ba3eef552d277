/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.util.List;

/**
 * All experiments, in the order in which they run.
 */
public final class Scenarios {

	private Scenarios() {
	}

	public static List<Scenario> all() {
		return List.of(new OverloadScenario());
	}

}
