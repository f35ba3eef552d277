/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.ghosts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.holdfast.lab.app.AppOptions;

/**
 * How the application runs.
 *
 * @param container the servlet container
 * @param threads what requests run on
 * @param transport what is spoken
 * @param variant with us or without
 */
record Setup(Container container, Threads threads, Transport transport, Variant variant) {

	/**
	 * Everything that is possible.
	 * @return the product, vanilla first in each pair
	 */
	static List<Setup> all() {
		List<Setup> all = new ArrayList<>();
		for (Threads threads : Threads.values()) {
			for (Container container : Container.values()) {
				for (Transport transport : Transport.values()) {
					all.add(new Setup(container, threads, transport, Variant.VANILLA));
					all.add(new Setup(container, threads, transport, Variant.HOLDFAST));
				}
			}
		}
		return all;
	}

	/**
	 * What fits in a minute.
	 * @return three of them
	 */
	static List<Setup> brief() {
		return List.of(new Setup(Container.TOMCAT, Threads.PLATFORM, Transport.PLAIN, Variant.VANILLA),
				new Setup(Container.TOMCAT, Threads.PLATFORM, Transport.PLAIN, Variant.HOLDFAST),
				new Setup(Container.JETTY, Threads.PLATFORM, Transport.PLAIN, Variant.HOLDFAST));
	}

	/**
	 * What fits in seconds.
	 * @return one of them
	 */
	static List<Setup> briefest() {
		return List.of(new Setup(Container.TOMCAT, Threads.PLATFORM, Transport.PLAIN, Variant.HOLDFAST));
	}

	/**
	 * How it is started.
	 * @param arguments further arguments
	 * @return the options
	 */
	AppOptions options(List<String> arguments) {
		List<String> all = new ArrayList<>(arguments);
		all.add("--spring.profiles.include=postgresql" + ((this.container == Container.JETTY) ? ",jetty" : ""));
		AppOptions.Profile profile = isVanilla() ? AppOptions.Profile.VANILLA : AppOptions.Profile.DEFAULTS;
		return new AppOptions(profile, this.threads == Threads.VIRTUAL, all);
	}

	boolean isVanilla() {
		return this.variant == Variant.VANILLA;
	}

	String id() {
		return where() + "/" + name(this.variant);
	}

	String where() {
		return name(this.container) + "/" + name(this.threads) + "/" + name(this.transport);
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
	 * What requests run on.
	 */
	enum Threads {

		PLATFORM, VIRTUAL

	}

	/**
	 * What is spoken: HTTP/1.1 on TCP, or on TLS.
	 */
	enum Transport {

		PLAIN, TLS

	}

	/**
	 * The same jar with us and without us.
	 */
	enum Variant {

		VANILLA, HOLDFAST

	}

}
