/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.util.ArrayList;
import java.util.List;

import dev.holdfast.lab.app.AppOptions;

/**
 * One way to start the same jar.
 *
 * @param name its name in tables
 * @param style number of its colour in plots
 * @param options how it is started
 * @param promised whether goodput and recovery are promised for it
 */
record Variant(String name, int style, AppOptions options, boolean promised) {

	boolean isVanilla() {
		return this.options.profile() == AppOptions.Profile.VANILLA;
	}

	boolean isVirtual() {
		return this.options.virtualThreads();
	}

	String threads() {
		return isVirtual() ? "virtual" : "platform";
	}

	/**
	 * What is compared on a route.
	 * @param route the route
	 * @param virtual whether requests run on virtual threads
	 * @param serverCores cores that the server sees
	 * @return vanilla, the defaults and, where the documentation advises one, a route
	 * limit
	 */
	static List<Variant> of(Route route, boolean virtual, int serverCores) {
		List<Variant> variants = new ArrayList<>();
		variants.add(variant("vanilla", 0, AppOptions.vanilla(), virtual, false));
		boolean limited = route.equals(Route.CPU) || (route.equals(Route.QUERY) && virtual);
		variants.add(variant("defaults", 1, AppOptions.holdfast(), virtual, route.equals(Route.QUERY) && !virtual));
		if (limited) {
			int limit = route.equals(Route.CPU) ? 4 * serverCores : 200;
			AppOptions options = AppOptions.holdfast("--holdfast.routes." + route.id() + ".pattern=/demo/" + route.id(),
					"--holdfast.routes." + route.id() + ".limit=" + limit);
			variants.add(variant("route limit " + limit, 2, options, virtual, true));
		}
		return variants;
	}

	private static Variant variant(String name, int style, AppOptions options, boolean virtual, boolean promised) {
		return new Variant(name, style, virtual ? options.onVirtualThreads() : options, promised);
	}

}
