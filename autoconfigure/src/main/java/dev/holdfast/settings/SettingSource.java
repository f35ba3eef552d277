/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.settings;

import dev.holdfast.report.Setting;

import org.springframework.core.env.Environment;

/**
 * Says where the values of a feature come from.
 *
 * @since 0.1.0
 */
public final class SettingSource {

	private final Environment environment;

	private final String prefix;

	/**
	 * Of the keys with a prefix.
	 * @param environment the environment
	 * @param prefix the prefix, with its last dot
	 */
	public SettingSource(Environment environment, String prefix) {
		this.environment = environment;
		this.prefix = prefix;
	}

	/**
	 * An effective value that is either set or the default.
	 * @param key key without the prefix
	 * @param value what is in force, {@code -} for nothing
	 * @return the setting
	 */
	public Setting setting(String key, Object value) {
		return new Setting(this.prefix + key, value.toString(), source(key, "default"));
	}

	/**
	 * Where a value comes from.
	 * @param key key without the prefix
	 * @param otherwise what to say if it is not set
	 * @return in words
	 */
	public String source(String key, String otherwise) {
		return this.environment.containsProperty(this.prefix + key) ? "properties" : otherwise;
	}

}
