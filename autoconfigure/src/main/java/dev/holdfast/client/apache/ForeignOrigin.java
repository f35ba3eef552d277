/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.Locale;
import java.util.Set;

import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;

/**
 * What a redirect may take to another origin (scheme, host or port): what describes the
 * content, and nothing by which the application is known or that it has made up itself.
 */
final class ForeignOrigin {

	private static final Set<String> HARMLESS = Set.of("accept", "accept-charset", "accept-encoding", "accept-language",
			"cache-control", "content-encoding", "content-language", "content-length", "content-type", "expect",
			"if-match", "if-modified-since", "if-none-match", "if-range", "if-unmodified-since", "pragma", "range",
			"te", "traceparent", "tracestate", "transfer-encoding", "user-agent", "connection");

	private ForeignOrigin() {
	}

	static void strip(HttpRequest request, String target, String origin) {
		if (target.equals(origin)) {
			return;
		}
		for (Header header : request.getHeaders()) {
			if (!HARMLESS.contains(header.getName().toLowerCase(Locale.ROOT))) {
				request.removeHeaders(header.getName());
			}
		}
	}

}
