/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.noise;

import java.util.List;

import dev.holdfast.report.Finding;
import dev.holdfast.report.Mode;
import dev.holdfast.report.Protection;
import dev.holdfast.report.Setting;

/**
 * How this protection explains its state.
 *
 * @param mode its mode
 */
record NoiseReport(Mode mode) implements Protection {

	@Override
	public String name() {
		return "connection-noise";
	}

	@Override
	public List<Setting> settings() {
		return List.of();
	}

	@Override
	public List<Finding> findings() {
		return List.of();
	}

}
