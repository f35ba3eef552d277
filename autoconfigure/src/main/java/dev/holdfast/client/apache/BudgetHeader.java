/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import dev.holdfast.client.ClientSettings;
import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.Lifetime;
import org.apache.hc.core5.http.HttpRequest;

/**
 * Tells a peer how much time is left for the request that it is called for, so that it
 * does not work longer than anybody waits. Each attempt tells what is left by then.
 */
final class BudgetHeader {

	private static final String GRPC = "grpc-timeout";

	/** gRPC allows eight digits. */
	private static final long LONGEST_GRPC_MILLIS = 99_999_999;

	private BudgetHeader() {
	}

	static void add(HttpRequest attempt, ClientSettings settings) {
		String name = settings.budgetHeader();
		if (name.isEmpty() || attempt.containsHeader(name)) {
			return;
		}
		Deadline deadline = Lifetime.current().deadline();
		if (deadline.isBounded()) {
			long millis = Math.max(1, deadline.remaining().toMillis());
			attempt.addHeader(name,
					name.equalsIgnoreCase(GRPC) ? Math.min(millis, LONGEST_GRPC_MILLIS) + "m" : Long.toString(millis));
		}
	}

}
