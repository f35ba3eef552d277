/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.docs;

/**
 * One row of the property reference.
 *
 * @param name full name, {@code <name>} standing for the key of a map
 * @param type as in the metadata
 * @param defaultValue empty where there is none
 * @param description one sentence
 */
record Property(String name, String type, String defaultValue, String description) {

	/** Stands for a key that the user chooses. */
	static final String KEY = "<name>";

	Property below(String prefix) {
		return new Property(prefix + "." + this.name, this.type, this.defaultValue, this.description);
	}

}
