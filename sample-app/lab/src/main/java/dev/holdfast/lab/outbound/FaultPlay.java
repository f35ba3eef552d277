/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

import dev.holdfast.lab.scenario.IdleTicker;

/**
 * Plays a fault several times, on an application that is told its limits.
 */
final class FaultPlay {

	/** How long a call is watched. */
	static final Duration PATIENCE = Duration.ofSeconds(8);

	/** Trials that may be void for each that counts, before all of them count. */
	private static final int VOID_PER_TRIAL = 3;

	private final Fault fault;

	private final BootClient client;

	private FaultPlay(Fault fault, BootClient client) {
		this.fault = fault;
		this.client = client;
	}

	/**
	 * Plays a fault.
	 * @param fault the fault
	 * @param count how many trials count
	 * @return how it went
	 * @throws Exception if it cannot be played
	 */
	static FaultRow of(Fault fault, int count) throws Exception {
		try (BootClient client = BootClient.bounded(fault.limits()).warmedUp()) {
			return new FaultPlay(fault, client).row(count);
		}
	}

	private FaultRow row(int count) throws Exception {
		List<Trial> trials;
		OptionalInt kept;
		try (Stage stage = this.fault.setting().stage(this.client)) {
			int before = this.client.leases().idle().orElse(0);
			trials = trials(stage, count);
			OptionalInt after = this.client.leases().idle();
			kept = after.isPresent() ? OptionalInt.of(after.getAsInt() - before) : after;
		}
		return new FaultRow(this.fault, trials, this.client.leases().leftBehind(Duration.ofSeconds(2)), kept);
	}

	private static List<Trial> trials(Stage stage, int count) throws Exception {
		// it loads classes and does not count, unless it is all there is
		Trial first = Trial.of(stage.prepare(), PATIENCE);
		if (!first.ended()) {
			return List.of(first);
		}
		List<Trial> counting = new ArrayList<>();
		List<Trial> all = new ArrayList<>();
		while (counting.size() < count && all.size() < count * (VOID_PER_TRIAL + 1)) {
			try (IdleTicker ticker = IdleTicker.start()) {
				Trial trial = Trial.of(stage.prepare(), PATIENCE);
				all.add(trial);
				if (ticker.lateMillis() <= IdleTicker.LIMIT_MILLIS) {
					counting.add(trial);
				}
			}
		}
		return List.copyOf((counting.size() < count) ? all : counting);
	}

}
