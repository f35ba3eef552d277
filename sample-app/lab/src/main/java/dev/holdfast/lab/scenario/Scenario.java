/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

/**
 * An experiment with claims that have to hold.
 */
public interface Scenario {

	String name();

	/**
	 * What it shows.
	 * @return one line
	 */
	String summary();

	/**
	 * Whether this JVM generates load and has to keep off the server's core.
	 * @return {@code true} unless the scenario needs every core itself
	 */
	default boolean isPinned() {
		return true;
	}

	/**
	 * Beside which others the short form may play it.
	 * @return their kind and its own
	 */
	default Company company() {
		return Company.NONE;
	}

	/**
	 * Runs it.
	 * @param bench where it runs
	 * @throws Exception if it could not be run
	 */
	void run(Workbench bench) throws Exception;

}
