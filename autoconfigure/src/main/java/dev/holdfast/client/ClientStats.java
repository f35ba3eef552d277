/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import dev.holdfast.failure.CallPhase;
import dev.holdfast.failure.FailureKind;

/**
 * What is counted about one client.
 */
@SuppressWarnings("EnumOrdinal")
public final class ClientStats {

	/** More targets than this share the name {@link #OTHER}. */
	public static final int MAX_TARGETS = 100;

	static final String OTHER = "other";

	private final String client;

	private final Map<String, TargetStats> targets = new ConcurrentHashMap<>();

	private final AtomicInteger targetCount = new AtomicInteger();

	private final AtomicLongArray failed = new AtomicLongArray(FailureKind.values().length * CallPhase.values().length);

	private final AtomicLongArray exceeded = new AtomicLongArray(CallPhase.values().length);

	private final AtomicLongArray retries = new AtomicLongArray(RetryOutcome.values().length);

	private final LongAdder blocked = new LongAdder();

	private final List<Consumer<TargetStats>> targetListeners = new CopyOnWriteArrayList<>();

	private final List<BiConsumer<FailureKind, CallPhase>> failureListeners = new CopyOnWriteArrayList<>();

	/**
	 * Counts for a client.
	 * @param client its name
	 */
	public ClientStats(String client) {
		this.client = client;
	}

	/**
	 * Name of the client.
	 * @return the name
	 */
	public String client() {
		return this.client;
	}

	/**
	 * Counts of a target.
	 * @param target scheme, host and port
	 * @return its counts, those of {@code other} beyond {@link #MAX_TARGETS}
	 */
	public TargetStats target(String target) {
		TargetStats known = this.targets.get(target);
		if (known != null) {
			return known;
		}
		if (this.targetCount.get() >= MAX_TARGETS) {
			TargetStats others = this.targets.get(OTHER);
			return (others != null) ? others : add(OTHER);
		}
		return add(target);
	}

	private TargetStats add(String target) {
		TargetStats created = new TargetStats(target);
		TargetStats winner = this.targets.putIfAbsent(target, created);
		if (winner != null) {
			return winner;
		}
		this.targetCount.incrementAndGet();
		this.targetListeners.forEach((listener) -> listener.accept(created));
		return created;
	}

	Collection<TargetStats> targets() {
		return List.copyOf(this.targets.values());
	}

	void onEachTarget(Consumer<TargetStats> listener) {
		this.targetListeners.add(listener);
		targets().forEach(listener);
	}

	void onEachFailure(BiConsumer<FailureKind, CallPhase> listener) {
		this.failureListeners.add(listener);
		for (FailureKind kind : FailureKind.values()) {
			for (CallPhase phase : CallPhase.values()) {
				if (failedCount(kind, phase) > 0) {
					listener.accept(kind, phase);
				}
			}
		}
	}

	/**
	 * Counts a failed call.
	 * @param kind what went wrong
	 * @param phase what the call was doing
	 */
	public void failed(FailureKind kind, CallPhase phase) {
		if (this.failed.getAndIncrement(index(kind, phase)) == 0) {
			this.failureListeners.forEach((listener) -> listener.accept(kind, phase));
		}
	}

	long failedCount(FailureKind kind, CallPhase phase) {
		return this.failed.get(index(kind, phase));
	}

	private static int index(FailureKind kind, CallPhase phase) {
		return kind.ordinal() * CallPhase.values().length + phase.ordinal();
	}

	/**
	 * Counts a limit that was reached, whether it was enforced or not.
	 * @param phase what the call was doing
	 */
	public void exceeded(CallPhase phase) {
		this.exceeded.incrementAndGet(phase.ordinal());
	}

	/**
	 * Limits reached.
	 * @return phases whose limit was reached, and how often
	 */
	public Map<CallPhase, Long> exceeded() {
		Map<CallPhase, Long> counts = new EnumMap<>(CallPhase.class);
		for (CallPhase phase : CallPhase.values()) {
			if (exceededCount(phase) > 0) {
				counts.put(phase, exceededCount(phase));
			}
		}
		return counts;
	}

	long exceededCount(CallPhase phase) {
		return this.exceeded.get(phase.ordinal());
	}

	/**
	 * Counts a decision about another attempt.
	 * @param outcome the decision
	 */
	public void retried(RetryOutcome outcome) {
		this.retries.incrementAndGet(outcome.ordinal());
	}

	long retryCount(RetryOutcome outcome) {
		return this.retries.get(outcome.ordinal());
	}

	/**
	 * Counts a call to a forbidden address, whether it was refused or not.
	 */
	public void blocked() {
		this.blocked.increment();
	}

	long blockedCount() {
		return this.blocked.sum();
	}

}
