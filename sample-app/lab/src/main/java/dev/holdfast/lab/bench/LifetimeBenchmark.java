/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import dev.holdfast.lifetime.CurrentLifetime;
import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.lifetime.Ticker;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The lifetime of a request that is over before anybody has asked for it. The floor is
 * one pair of setting and removing a thread-local value.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LifetimeBenchmark {

	private static final Duration LIMIT = Duration.ofMinutes(1);

	private static final ThreadLocal<Object> VALUE = new ThreadLocal<>();

	private final Object something = new Object();

	private final Ticker ticker = Ticker.system();

	@Benchmark
	public Object floor() {
		VALUE.set(this.something);
		Object got = VALUE.get();
		VALUE.remove();
		return got;
	}

	@Benchmark
	public Object holdfastWithoutADeadline() {
		OwnedLifetime lifetime = new OwnedLifetime(Deadline.none());
		return work(lifetime);
	}

	@Benchmark
	public Object holdfastWithADeadline() {
		OwnedLifetime lifetime = new OwnedLifetime(Deadline.none());
		lifetime.startDeadline(Deadline.after(LIMIT, this.ticker), Deadline::none);
		return work(lifetime);
	}

	private static Object work(OwnedLifetime lifetime) {
		Lifetime before = CurrentLifetime.replace(lifetime);
		Object seen = Lifetime.current();
		CurrentLifetime.replace(before);
		lifetime.complete();
		return seen;
	}

}
