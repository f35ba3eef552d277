/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.holdfast.lab.outbound.Stage.Setting;

/**
 * A way for a call to take too long, and how it has to end with us.
 *
 * @param name its name in tables
 * @param property the limit that ends it, without its prefix
 * @param properties further properties, as key=value
 * @param expected how it has to end
 * @param setting how it is brought about
 * @param kept connections that come into the pool and stay: none that was cut may
 */
record Fault(String name, String property, List<String> properties, Expected expected, Setting setting, int kept) {

	/** The limit that is being tested. */
	static final Duration LIMIT = Duration.ofMillis(500);

	/** All other limits: none of them may be what ends the call. */
	private static final List<String> GENEROUS = List.of("lease-timeout=20s", "dns-timeout=20s", "connect-timeout=20s",
			"tls-timeout=20s", "header-timeout=20s", "idle-timeout=20s", "write-timeout=20s", "call-timeout=25s");

	private static final String PREFIX = "holdfast.client.";

	static Fault of(String name, String property, Expected expected, Setting setting) {
		return new Fault(name, property, List.of(), expected, setting, 0);
	}

	Fault with(String... more) {
		return new Fault(this.name, this.property, List.of(more), this.expected, this.setting, this.kept);
	}

	Fault keeping(int connections) {
		return new Fault(this.name, this.property, this.properties, this.expected, this.setting, connections);
	}

	/**
	 * Settings of the bounded client.
	 * @return properties, as key=value
	 */
	List<String> limits() {
		List<String> limits = new ArrayList<>();
		GENEROUS.stream()
			.filter((limit) -> !limit.startsWith(this.property))
			.forEach((limit) -> limits.add(PREFIX + limit));
		limits.add(PREFIX + this.property + "=" + LIMIT.toMillis() + "ms");
		this.properties.forEach((more) -> limits.add(PREFIX + more));
		return limits;
	}

}
