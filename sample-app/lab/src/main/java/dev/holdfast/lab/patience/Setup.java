/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.patience;

import java.util.List;
import java.util.Locale;

import dev.holdfast.lab.app.AppOptions;

/**
 * How the application runs: nothing but the server is chosen.
 *
 * @param container the servlet container
 * @param variant with us or without
 */
record Setup(Container container, Variant variant) {

	/**
	 * Everything that is possible.
	 * @return the product, vanilla first in each pair
	 */
	static List<Setup> all() {
		return List.of(new Setup(Container.TOMCAT, Variant.VANILLA), new Setup(Container.TOMCAT, Variant.HOLDFAST),
				new Setup(Container.JETTY, Variant.VANILLA), new Setup(Container.JETTY, Variant.HOLDFAST));
	}

	/**
	 * What fits in seconds.
	 * @return those with us
	 */
	static List<Setup> brief() {
		return List.of(new Setup(Container.TOMCAT, Variant.HOLDFAST), new Setup(Container.JETTY, Variant.HOLDFAST));
	}

	AppOptions options() {
		AppOptions options = isVanilla() ? AppOptions.vanilla() : AppOptions.holdfast();
		return (this.container == Container.JETTY) ? options.with("--spring.profiles.include=jetty") : options;
	}

	boolean isVanilla() {
		return this.variant == Variant.VANILLA;
	}

	String id() {
		return name(this.container) + "/" + name(this.variant);
	}

	static String name(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * The servlet container.
	 */
	enum Container {

		TOMCAT, JETTY

	}

	/**
	 * The same jar with us and without us.
	 */
	enum Variant {

		VANILLA, HOLDFAST

	}

}
