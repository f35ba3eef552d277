/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.report;

import java.util.List;

/**
 * How a feature explains its state: each feature publishes one as a bean, and whoever
 * reports reads them all without knowing any feature.
 *
 * @since 0.1.0
 */
public interface Protection {

	/**
	 * Name of the protection: the segment of its properties behind {@code holdfast.}.
	 * @return the name
	 */
	String name();

	/**
	 * What it does with a decision now.
	 * @return the mode in force
	 */
	Mode mode();

	/**
	 * The values in force and where they come from.
	 * @return the settings, in the order of importance
	 */
	List<Setting> settings();

	/**
	 * What is still open.
	 * @return the findings, empty when all is well
	 */
	List<Finding> findings();

}
