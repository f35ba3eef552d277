/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

/**
 * Paths on which people sign in and out: what is half done there leaves them locked out,
 * and the code of an exchange is good for one time only. Requests for them are ended by
 * nothing but the stop of the service. Pages elsewhere are covered by a route of their
 * own.
 */
final class SignInPaths {

	private static final PathRoots ROOTS = PathRoots.of("/login", "/logout", "/oauth2", "/oauth", "/saml2", "/saml",
			"/sso");

	private SignInPaths() {
	}

	static boolean contain(String path) {
		return ROOTS.contain(path);
	}

}
