/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.report;

/**
 * An effective value of a protection.
 *
 * @param key property that sets it
 * @param value what is in force
 * @param source where the value comes from, in words
 * @since 0.1.0
 */
public record Setting(String key, String value, String source) {
}
