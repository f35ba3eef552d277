/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long a client does nothing: about as long as the server waits for it. Half of the
 * pauses are ten times closer.
 *
 * @param limit how long the server waits
 * @param spread how far a pause is from it at most
 */
record KeepAlivePause(Duration limit, Duration spread) {

	Duration next() {
		ThreadLocalRandom random = ThreadLocalRandom.current();
		long widest = this.spread.toNanos() / (random.nextBoolean() ? 1 : 10);
		return this.limit.plusNanos(random.nextLong(-widest, widest + 1));
	}

	Duration longest() {
		return this.limit.plus(this.spread);
	}

}
