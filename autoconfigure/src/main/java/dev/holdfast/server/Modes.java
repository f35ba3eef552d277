/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.Locale;

import dev.holdfast.report.Mode;
import org.jspecify.annotations.Nullable;

/**
 * Modes as they stand in endpoints.
 */
final class Modes {

	private Modes() {
	}

	static String label(Mode mode) {
		return mode.name().toLowerCase(Locale.ROOT);
	}

	static @Nullable Mode parse(@Nullable String text) {
		for (Mode mode : Mode.values()) {
			if (mode.name().equalsIgnoreCase(text)) {
				return mode;
			}
		}
		return null;
	}

}
