/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * Whether somebody may hold requests at a breakpoint.
 */
final class AttachedDebugger {

	private AttachedDebugger() {
	}

	static boolean isPossible() {
		return isPossible(ManagementFactory.getRuntimeMXBean().getInputArguments());
	}

	static boolean isPossible(List<String> arguments) {
		return arguments.stream()
			.anyMatch((argument) -> argument.startsWith("-agentlib:jdwp") || argument.startsWith("-Xrunjdwp"));
	}

}
