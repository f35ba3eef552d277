/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.time.Duration;

/**
 * Whether work comes later than it should, and for long. What waits for a processor has
 * not been admitted yet and is in no count: only its lateness tells of it. The idea is
 * CoDel's (RFC 8289): a delay that stays is a queue, one that passes is a burst. Its
 * figures are for requests instead of packets, and there is no schedule of drops, because
 * whoever is told to go away does not come faster.
 */
final class Lateness {

	/** Leaves room for a probe to be answered within a quarter of a second. */
	static final long TARGET_NANOS = Duration.ofMillis(100).toNanos();

	/**
	 * How long everything has to be late, and in time again, for it to count: longer than
	 * a core needs for 200 handshakes of TLS.
	 */
	static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

	private volatile boolean late;

	private volatile boolean turning;

	private volatile long since;

	/**
	 * Whether work that did not wait changes nothing: then nobody has to look at the
	 * clock.
	 * @return {@code true} while nothing is late and nothing turns
	 */
	boolean isQuiet() {
		return !this.late && !this.turning;
	}

	/**
	 * Whether a piece of work is one too many. Threads that ask at once may see the turn
	 * a moment apart.
	 * @param waitedNanos how long it has waited for its turn
	 * @param now reading of the clock
	 * @return whether it is late, as everything has been for a while
	 */
	boolean isOverdue(long waitedNanos, long now) {
		boolean above = waitedNanos >= TARGET_NANOS;
		if (above == this.late) {
			if (this.turning) {
				this.turning = false;
			}
		}
		else if (!this.turning) {
			this.since = now;
			this.turning = true;
		}
		else if (now - this.since >= INTERVAL_NANOS) {
			this.late = above;
			this.turning = false;
		}
		return above && this.late;
	}

}
