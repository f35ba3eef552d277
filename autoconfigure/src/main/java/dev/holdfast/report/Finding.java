/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.report;

/**
 * Something an operator should know about a protection.
 *
 * @param id stable identifier, lower case with dashes, by which it can be silenced
 * @param severity how much it matters
 * @param message what is the case, with the offending and the expected value
 * @param remedy what to do, with the property to turn
 * @since 0.1.0
 */
public record Finding(String id, Severity severity, String message, String remedy) {
}
