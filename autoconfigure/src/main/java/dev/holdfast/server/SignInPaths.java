/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.List;

/**
 * Paths on which people sign in and out: what is half done there leaves them locked out,
 * and the code of an exchange is good for one time only. Requests for them are ended by
 * nothing but the stop of the service. Pages elsewhere are covered by a route of their
 * own.
 */
final class SignInPaths {

	private static final List<String> ROOTS = List.of("/login", "/logout", "/oauth2", "/oauth", "/saml2", "/saml",
			"/sso");

	private static final String FIRST_LETTERS = "los";

	private SignInPaths() {
	}

	static boolean contain(String path) {
		// most paths begin with none of these letters
		return path.length() > 1 && FIRST_LETTERS.indexOf(path.charAt(1)) >= 0 && ExcludedPaths.isBelow(path, ROOTS);
	}

}
