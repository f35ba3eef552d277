/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.load;

import java.util.Map;
import java.util.TreeMap;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What became of a number of requests. Latencies are microseconds from the intended send
 * time.
 */
public final class Tally {

	long offered;

	long late;

	long broken;

	private final Map<Integer, Long> statuses = new TreeMap<>();

	private final Map<String, Long> shedReasons = new TreeMap<>();

	private final Histogram accepted = new Histogram(2);

	private final Histogram refused = new Histogram(2);

	void answered(long latencyMicros, int status, @Nullable String shedReason) {
		this.statuses.merge(status, 1L, Long::sum);
		if (shedReason != null || status == 503 || status == 429) {
			this.shedReasons.merge((shedReason != null) ? shedReason : "unnamed", 1L, Long::sum);
			this.refused.recordValue(latencyMicros);
		}
		else if (status >= 200 && status < 300) {
			this.accepted.recordValue(latencyMicros);
		}
	}

	void add(Tally other) {
		this.offered += other.offered;
		this.late += other.late;
		this.broken += other.broken;
		other.statuses.forEach((status, count) -> this.statuses.merge(status, count, Long::sum));
		other.shedReasons.forEach((reason, count) -> this.shedReasons.merge(reason, count, Long::sum));
		this.accepted.add(other.accepted);
		this.refused.add(other.refused);
	}

	/**
	 * Requests that were due.
	 * @return the number
	 */
	public long offered() {
		return this.offered;
	}

	/**
	 * Requests that succeeded within the deadline.
	 * @return the number
	 */
	public long good() {
		return this.accepted.getTotalCount();
	}

	/**
	 * Requests that the server turned away.
	 * @return the number
	 */
	public long refused() {
		return this.refused.getTotalCount();
	}

	/**
	 * Requests given up at their deadline.
	 * @return the number
	 */
	public long late() {
		return this.late;
	}

	/**
	 * Requests whose connection failed.
	 * @return the number
	 */
	public long broken() {
		return this.broken;
	}

	/**
	 * Requests that got an answer which is neither a success nor a refusal.
	 * @return the number
	 */
	public long wrong() {
		return this.statuses.values().stream().mapToLong(Long::longValue).sum() - good() - refused();
	}

	public Map<Integer, Long> statuses() {
		return Map.copyOf(this.statuses);
	}

	public Map<String, Long> shedReasons() {
		return Map.copyOf(this.shedReasons);
	}

	public double acceptedMillis(double percentile) {
		return this.accepted.getValueAtPercentile(percentile) / 1000.0;
	}

	public double refusedMillis(double percentile) {
		return this.refused.getValueAtPercentile(percentile) / 1000.0;
	}

	/**
	 * How many of the good requests took at least so long.
	 * @param millis the latency
	 * @return the number
	 */
	public long acceptedSlowerThan(long millis) {
		return this.accepted.getCountBetweenValues(millis * 1000, Long.MAX_VALUE / 2);
	}

	@Override
	public String toString() {
		return "offered " + this.offered + ", good " + good() + ", refused " + refused() + " " + this.shedReasons
				+ ", late " + this.late + ", broken " + this.broken + ", wrong " + wrong() + " of " + this.statuses;
	}

}
