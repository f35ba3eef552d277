/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.settings;

/**
 * What can be done on a second thread while the application prepares itself, so that the
 * main thread finds it done: named in {@code META-INF/spring.factories}. It must be
 * harmless where it is not needed, and what it makes be safe to ask for meanwhile.
 */
@FunctionalInterface
public interface EarlyWork {

	/**
	 * Does the work.
	 */
	void run();

}
