/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import dev.holdfast.client.ClientSettings;
import dev.holdfast.concurrency.CurrentPriority;
import dev.holdfast.concurrency.Priority;
import org.apache.hc.core5.http.ClassicHttpRequest;

/**
 * Passes the importance of the current request on, as the urgency of RFC 9218: 0 is most
 * urgent, 3 is what has no header, 7 is background.
 */
final class PriorityHeader {

	private static final String NAME = "Priority";

	private PriorityHeader() {
	}

	static void add(ClassicHttpRequest request, ClientSettings settings) {
		Priority priority = settings.priorityHeader() ? CurrentPriority.get() : null;
		if (priority != null && !request.containsHeader(NAME)) {
			request.addHeader(NAME, switch (priority) {
				case CRITICAL -> "u=1";
				case DEFAULT -> "u=3";
				case DEGRADED -> "u=5";
				case BULK -> "u=7";
			});
		}
	}

}
