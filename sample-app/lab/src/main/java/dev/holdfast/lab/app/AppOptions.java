/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.app;

import java.util.ArrayList;
import java.util.List;

/**
 * How the sample application is started.
 *
 * @param profile profile of this start
 * @param virtualThreads whether requests run on virtual threads
 * @param arguments further arguments, such as limits
 */
public record AppOptions(Profile profile, boolean virtualThreads, List<String> arguments) {

	public AppOptions {
		arguments = List.copyOf(arguments);
	}

	public static AppOptions vanilla() {
		return new AppOptions(Profile.VANILLA, false, List.of());
	}

	public static AppOptions holdfast(String... arguments) {
		return new AppOptions(Profile.DEFAULTS, false, List.of(arguments));
	}

	public AppOptions onVirtualThreads() {
		return new AppOptions(this.profile, true, this.arguments);
	}

	public AppOptions with(String argument) {
		List<String> all = new ArrayList<>(this.arguments);
		all.add(argument);
		return new AppOptions(this.profile, this.virtualThreads, all);
	}

	/**
	 * The same jar with us and without us.
	 */
	public enum Profile {

		/** Spring Boot alone. */
		VANILLA("demo,vanilla"),

		/** Holdfast as it comes. */
		DEFAULTS("demo");

		private final String profiles;

		Profile(String profiles) {
			this.profiles = profiles;
		}

		String profiles() {
			return this.profiles;
		}

	}

}
