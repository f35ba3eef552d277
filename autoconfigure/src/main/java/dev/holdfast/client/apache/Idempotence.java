/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.Locale;
import java.util.Set;

/**
 * Requests that do no harm when they are carried out twice (RFC 9110, 9.2.2).
 */
final class Idempotence {

	private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE");

	private Idempotence() {
	}

	static boolean of(String method) {
		return METHODS.contains(method.toUpperCase(Locale.ROOT));
	}

}
