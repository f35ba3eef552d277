/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import dev.holdfast.lab.app.AppOptions;

/**
 * With or without us, on platform or on virtual threads.
 *
 * @param name its name in tables
 * @param style number of its colour in plots
 * @param options how it is started
 */
record Subject(String name, int style, AppOptions options) {

	/**
	 * All that the server's JDK can do, as far as they are asked for.
	 * @param bench where they run
	 * @return vanilla first
	 * @throws IOException if the server's JDK cannot be asked
	 */
	static List<Subject> all(Workbench bench) throws IOException {
		List<Subject> subjects = new ArrayList<>();
		subjects.add(new Subject("vanilla", 0, AppOptions.vanilla()));
		subjects.add(new Subject("defaults", 1, AppOptions.holdfast()));
		if (bench.launcher().javaVersion() >= 21) {
			subjects.add(new Subject("vanilla", 2, AppOptions.vanilla().onVirtualThreads()));
			subjects.add(new Subject("defaults", 3, AppOptions.holdfast().onVirtualThreads()));
		}
		return subjects.stream().filter((subject) -> bench.includes(subject.id())).toList();
	}

	String threads() {
		return this.options.virtualThreads() ? "virtual" : "platform";
	}

	String id() {
		return threads() + "/" + this.name;
	}

	boolean isVanilla() {
		return this.options.profile() == AppOptions.Profile.VANILLA;
	}

}
