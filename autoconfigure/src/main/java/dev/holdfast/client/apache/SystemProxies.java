/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.net.ProxySelector;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks the proxy selector of the JVM as HttpClient does, but the JDK's own selector not
 * again and again: what it says of a host is a matter of system properties and of a file
 * that is read once. While none of the properties is set, a host that has been direct
 * stays so. Each question costs a microsecond or two, and every call asks it.
 */
final class SystemProxies extends SystemDefaultRoutePlanner {

	private static final String JDK_SELECTOR = "sun.net.spi.DefaultProxySelector";

	private static final String[] PROPERTIES = { "http.proxyHost", "https.proxyHost", "proxyHost", "socksProxyHost",
			"http.nonProxyHosts", "socksNonProxyHosts" };

	/** Hosts that are remembered. */
	private static final int MAX_HOSTS = 1000;

	private final boolean lasting;

	private final Set<HttpHost> direct = ConcurrentHashMap.newKeySet();

	/**
	 * A planner.
	 * @param selector the selector of the JVM
	 */
	SystemProxies(ProxySelector selector) {
		super(selector);
		// the desktop's settings may change at any time; read once by the selector, too
		this.lasting = selector.getClass().getName().equals(JDK_SELECTOR)
				&& !Boolean.getBoolean("java.net.useSystemProxies");
	}

	@Override
	protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) throws HttpException {
		boolean lasts = this.lasting && isUnset();
		if (lasts && this.direct.contains(target)) {
			return null;
		}
		HttpHost proxy = super.determineProxy(target, context);
		if (lasts && proxy == null && this.direct.size() < MAX_HOSTS) {
			this.direct.add(target);
		}
		return proxy;
	}

	private static boolean isUnset() {
		for (String property : PROPERTIES) {
			if (System.getProperty(property) != null) {
				return false;
			}
		}
		return true;
	}

}
