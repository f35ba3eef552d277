/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.security.Principal;

import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.UserTokenHandler;
import org.apache.hc.client5.http.auth.AuthExchange;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Whose connection it is. A client certificate is the same for all calls of a client and
 * is no reason to use a connection once only; an authentication that belongs to the
 * connection (NTLM, Negotiate) is.
 */
final class ConnectionIdentity implements UserTokenHandler {

	@Override
	public @Nullable Object getUserToken(HttpRoute route, HttpContext context) {
		return getUserToken(route, null, context);
	}

	@Override
	public @Nullable Object getUserToken(HttpRoute route, @Nullable HttpRequest request, HttpContext context) {
		HttpClientContext client = HttpClientContext.cast(context);
		if (client.getAuthExchanges().isEmpty()) {
			return null;
		}
		HttpHost target = (request != null && request.getAuthority() != null)
				? new HttpHost(request.getScheme(), request.getAuthority()) : route.getTargetHost();
		Principal own = principal(client.getAuthExchanges().get(target));
		if (own != null || route.getProxyHost() == null) {
			return own;
		}
		return principal(client.getAuthExchanges().get(route.getProxyHost()));
	}

	private static @Nullable Principal principal(@Nullable AuthExchange exchange) {
		return (exchange != null && exchange.getAuthScheme() != null && exchange.getAuthScheme().isConnectionBased())
				? exchange.getAuthScheme().getPrincipal() : null;
	}

}
