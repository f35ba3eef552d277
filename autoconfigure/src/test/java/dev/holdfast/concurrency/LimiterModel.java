/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import dev.holdfast.report.Mode;

/**
 * What a {@link Limiter} without a queue shall decide, written down as the guide says it.
 */
final class LimiterModel {

	private final Map<String, LaneSettings> routes;

	private final Map<String, Integer> running = new HashMap<>();

	private final Map<String, Integer> parked = new HashMap<>();

	private LimiterSettings settings;

	LimiterModel(LimiterSettings settings, Map<String, LaneSettings> routes) {
		this.settings = settings;
		this.routes = new HashMap<>(routes);
	}

	Admission admit(String lane) {
		if (isRouteFull(lane)) {
			return Admission.Shed.of(ShedReason.ROUTE);
		}
		if (isWholeFull(lane)) {
			return Admission.Shed.of(ShedReason.LIMIT);
		}
		this.running.merge(lane, 1, Integer::sum);
		return Admission.Admitted.INSTANCE;
	}

	private boolean isRouteFull(String lane) {
		Integer limit = route(lane).limit();
		return limit != null && mode(lane) == Mode.ENFORCE && inLane(lane) >= limit;
	}

	// refused for the sake of the whole only if both say so
	private boolean isWholeFull(String lane) {
		return mode(lane) == Mode.ENFORCE && this.settings.mode() == Mode.ENFORCE && inFlight() >= share(lane);
	}

	private int share(String lane) {
		int limit = this.settings.limit();
		if (this.routes.values().stream().allMatch((route) -> route.priority() == null)) {
			return limit;
		}
		int tenths = switch (Objects.requireNonNullElse(route(lane).priority(), Priority.DEFAULT)) {
			case CRITICAL -> 10;
			case DEFAULT -> 9;
			case DEGRADED -> 6;
			case BULK -> 3;
		};
		return Math.max(1, limit * tenths / 10);
	}

	private Mode mode(String lane) {
		Mode own = route(lane).mode();
		return (own != null) ? own : this.settings.mode();
	}

	private LaneSettings route(String lane) {
		return this.routes.getOrDefault(lane, LaneSettings.NONE);
	}

	boolean holds(String lane) {
		return this.running.getOrDefault(lane, 0) > 0;
	}

	boolean release(String lane) {
		return takeOne(this.running, lane);
	}

	boolean park(String lane) {
		if (this.settings.mode() != Mode.OFF && parked() >= this.settings.asyncLimit()) {
			return false;
		}
		this.parked.merge(lane, 1, Integer::sum);
		return takeOne(this.running, lane);
	}

	boolean releaseParked(String lane) {
		return takeOne(this.parked, lane);
	}

	private static boolean takeOne(Map<String, Integer> from, String lane) {
		int held = from.getOrDefault(lane, 0);
		if (held > 0) {
			from.put(lane, held - 1);
		}
		return held > 0;
	}

	void change(LimiterSettings changed) {
		this.settings = changed;
	}

	void change(String lane, LaneSettings changed) {
		this.routes.put(lane, changed);
	}

	int inFlight() {
		return this.running.values().stream().mapToInt(Integer::intValue).sum();
	}

	int parked() {
		return this.parked.values().stream().mapToInt(Integer::intValue).sum();
	}

	int inLane(String lane) {
		return this.running.getOrDefault(lane, 0) + this.parked.getOrDefault(lane, 0);
	}

}
