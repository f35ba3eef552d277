/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import org.apache.hc.client5.http.cookie.CookieStore;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * The context of a call, with the cookies of the request factory that has made it. A
 * field, for the map of attributes would be made for it alone.
 */
final class CookieContext extends HttpClientContext {

	private static final String ATTRIBUTE = CookieContext.class.getName();

	private final CookieStore cookies;

	private CookieContext(CookieStore cookies) {
		this.cookies = cookies;
	}

	/**
	 * Gives a call its cookies.
	 * @param own context of the application, if it has made one
	 * @param cookies the cookies
	 * @return the context of the call
	 */
	static HttpContext of(@Nullable HttpContext own, CookieStore cookies) {
		if (own == null) {
			return new CookieContext(cookies);
		}
		own.setAttribute(ATTRIBUTE, cookies);
		return own;
	}

	/**
	 * The cookies that a call was given.
	 * @param context its context
	 * @return the cookies, {@code null} for a call that no request factory has made
	 */
	static @Nullable CookieStore cookies(HttpClientContext context) {
		if (context instanceof CookieContext known) {
			return known.cookies;
		}
		return (context.getAttribute(ATTRIBUTE) instanceof CookieStore store) ? store : null;
	}

}
