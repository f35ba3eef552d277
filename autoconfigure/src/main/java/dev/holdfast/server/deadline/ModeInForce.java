/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.util.function.BooleanSupplier;

import dev.holdfast.report.Mode;
import dev.holdfast.report.Profile;
import org.jspecify.annotations.Nullable;

/**
 * What the deadline does, and why.
 *
 * @param mode the mode in force
 * @param source where it comes from
 */
record ModeInForce(Mode mode, String source) {

	static ModeInForce of(@Nullable Mode chosen, Profile profile, BooleanSupplier debugged) {
		Mode mode = (chosen != null) ? chosen : (profile == Profile.STRICT) ? Mode.ENFORCE : Mode.OBSERVE;
		if (mode == Mode.ENFORCE && debugged.getAsBoolean()) {
			return new ModeInForce(Mode.OFF, "a debugger may be attached");
		}
		return new ModeInForce(mode, (chosen != null) ? "properties" : "profile");
	}

}
