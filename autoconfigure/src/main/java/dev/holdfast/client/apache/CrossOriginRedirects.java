/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.Locale;

import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;

/**
 * Follows a redirect to another origin without what must not go there. HttpClient's own
 * strategy does not follow it if it finds credentials, and takes along whatever it does
 * not know. What was left behind stays behind, even if the next redirect leads back.
 */
final class CrossOriginRedirects extends DefaultRedirectStrategy {

	@Override
	public boolean isRedirectAllowed(HttpHost current, HttpHost next, HttpRequest redirect, HttpContext context) {
		ForeignOrigin.strip(redirect, origin(next), origin(current));
		return true;
	}

	private static String origin(HttpHost host) {
		return RoutingSupport.normalize(host, DefaultSchemePortResolver.INSTANCE).toURI().toLowerCase(Locale.ROOT);
	}

}
