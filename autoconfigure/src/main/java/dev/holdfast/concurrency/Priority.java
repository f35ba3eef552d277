/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

/**
 * How important a request is. Shares are nested: a class may use its share of the whole
 * limit, whatever the classes below it use, so that the less important ones are refused
 * first and the most important ones last.
 * <p>
 * The four classes follow the Google SRE book (criticality) and Netflix's prioritised
 * load shedding.
 *
 * @since 0.1.0
 */
public enum Priority {

	/** What the business cannot do without: may use the whole limit. */
	CRITICAL(1.0),

	/** What has no other class: up to 90 % of the limit. */
	DEFAULT(0.9),

	/** What may fail for a while: up to 60 % of the limit. */
	DEGRADED(0.6),

	/** Batches, prefetches, exports: up to 30 % of the limit. */
	BULK(0.3);

	private final double share;

	Priority(double share) {
		this.share = share;
	}

	int cap(int limit) {
		return Math.max(1, (int) (limit * this.share));
	}

}
