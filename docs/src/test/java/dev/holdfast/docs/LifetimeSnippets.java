/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.docs;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;

import dev.holdfast.lifetime.Lifetime;

/**
 * What the page about lifetimes shows.
 */
final class LifetimeSnippets {

	private LifetimeSnippets() {
	}

	static int worker(Iterable<Integer> rows, Future<?> job) {
		int sum = 0;
		// tag::Handler
		Lifetime lifetime = Lifetime.current();
		Lifetime.Registration registration = lifetime.onEnd((reason) -> job.cancel(true));
		try {
			for (int row : rows) {
				lifetime.throwIfEnded();
				sum += row;
			}
		}
		finally {
			registration.close();
		}
		// end::Handler
		return sum;
	}

	static Executor carrying(Executor executor) {
		// tag::Carrying
		Lifetime twoSeconds = Lifetime.current().within(Duration.ofSeconds(2));
		Executor carrying = Lifetime.propagating(executor);
		// end::Carrying
		return (twoSeconds.endReason() == null) ? carrying : executor;
	}

}
