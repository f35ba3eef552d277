/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.Locale;

import dev.holdfast.client.TargetStats;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.net.NamedEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * A route under the one spelling by which the pool knows its peer: {@code example.com.},
 * and an authority set by hand, would otherwise make pools of their own.
 *
 * @param route the route
 * @param target scheme, host and port, for people
 * @param stats what is counted about the peer
 */
record RouteKey(HttpRoute route, String target, TargetStats stats) {

	static HttpRoute normalise(HttpRoute route) {
		HttpHost host = route.getTargetHost();
		String name = host.getHostName();
		boolean dotted = name.length() > 1 && name.endsWith(".");
		NamedEndpoint authority = route.getTargetName();
		boolean repeated = authority != null && sameName(authority.getHostName(), name);
		if (route.getUnixDomainSocket() != null || !(dotted || repeated)) {
			return route;
		}
		HttpHost peer = dotted ? new HttpHost(host.getSchemeName(), host.getAddress(), undotted(name), host.getPort())
				: host;
		HttpHost[] proxies = new HttpHost[route.getHopCount() - 1];
		for (int i = 0; i < proxies.length; i++) {
			proxies[i] = route.getHopTarget(i);
		}
		return new HttpRoute(peer, repeated ? null : authority, route.getLocalAddress(), proxies, route.isSecure(),
				route.getTunnelType(), route.getLayerType());
	}

	private static boolean sameName(@Nullable String left, String right) {
		return left != null && undotted(left).toLowerCase(Locale.ROOT).equals(undotted(right).toLowerCase(Locale.ROOT));
	}

	private static String undotted(String name) {
		return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
	}

}
