/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.report;

import java.util.List;
import java.util.Map;

/**
 * One published meter: implemented by the single enum of a feature, which is the source
 * of its names, units and tags and of the reference table in the docs.
 *
 * @since 0.1.0
 */
public interface MeterDescription {

	/**
	 * Name of the meter, lower case, dot-separated, beginning with {@code holdfast.}.
	 * @return the name
	 */
	String meterName();

	/**
	 * What kind of meter it is.
	 * @return the kind
	 */
	Kind kind();

	/**
	 * What is counted or measured, such as {@code requests} or {@code seconds}. Things
	 * that are counted are not registered as base units: they would become part of the
	 * name.
	 * @return the unit
	 */
	String unit();

	/**
	 * One sentence for an operator.
	 * @return the description
	 */
	String description();

	/**
	 * Every tag with all values that it can take: the sets are closed.
	 * @return tag name to values, in the order of publication
	 */
	Map<String, List<String>> tags();

	/**
	 * Kinds of meters.
	 */
	enum Kind {

		/** A value that goes up and down. */
		GAUGE,

		/** A count that only grows. */
		COUNTER,

		/** A count and a distribution of times. */
		TIMER

	}

}
