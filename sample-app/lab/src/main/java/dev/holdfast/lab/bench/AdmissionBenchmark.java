/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.bench;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.alibaba.csp.sentinel.Entry;
import com.alibaba.csp.sentinel.EntryType;
import com.alibaba.csp.sentinel.SphU;
import com.alibaba.csp.sentinel.slots.block.BlockException;
import com.netflix.concurrency.limits.Limiter;
import com.netflix.concurrency.limits.limit.FixedLimit;
import com.netflix.concurrency.limits.limit.VegasLimit;
import com.netflix.concurrency.limits.limiter.SimpleLimiter;
import dev.holdfast.concurrency.Admission;
import dev.holdfast.concurrency.Lane;
import dev.holdfast.concurrency.LimiterSettings;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.Ticker;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.internal.SemaphoreBulkhead;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * One admission and its release, never refused. The floor is what any limiter has to pay
 * that also knows how long a request took.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class AdmissionBenchmark {

	private static final int LIMIT = 200;

	private final AtomicInteger counter = new AtomicInteger();

	private final Semaphore semaphore = new Semaphore(LIMIT);

	private final SemaphoreBulkhead bulkhead = new SemaphoreBulkhead("bench",
			BulkheadConfig.custom().maxConcurrentCalls(LIMIT).maxWaitDuration(Duration.ZERO).build());

	private final dev.holdfast.concurrency.Limiter holdfast = new dev.holdfast.concurrency.Limiter(
			new LimiterSettings(dev.holdfast.report.Mode.ENFORCE, LIMIT, 60, Duration.ofMillis(250), 8000), Map.of(),
			Ticker.system());

	private final Lane lane = this.holdfast.defaultLane();

	private final Lifetime lifetime = Lifetime.current();

	private final Limiter<Void> vegas = SimpleLimiter.newBuilder().limit(VegasLimit.newDefault()).build();

	private final Limiter<Void> fixed = SimpleLimiter.newBuilder().limit(FixedLimit.of(LIMIT)).build();

	@Benchmark
	public long floor() {
		long begin = System.nanoTime();
		if (this.semaphore.tryAcquire()) {
			this.semaphore.release();
		}
		return System.nanoTime() - begin;
	}

	@Benchmark
	public boolean holdfast() {
		boolean admitted = this.holdfast.admit(this.lane, this.lifetime) instanceof Admission.Admitted;
		if (admitted) {
			this.holdfast.release(this.lane);
		}
		return admitted;
	}

	@Benchmark
	public int atomicInteger() {
		this.counter.incrementAndGet();
		return this.counter.decrementAndGet();
	}

	@Benchmark
	public boolean semaphore() {
		boolean acquired = this.semaphore.tryAcquire();
		if (acquired) {
			this.semaphore.release();
		}
		return acquired;
	}

	@Benchmark
	public boolean resilience4jBulkhead() {
		boolean acquired = this.bulkhead.tryAcquirePermission();
		if (acquired) {
			this.bulkhead.onComplete();
		}
		return acquired;
	}

	@Benchmark
	public boolean concurrencyLimitsVegas() {
		return pass(this.vegas);
	}

	@Benchmark
	public boolean concurrencyLimitsFixed() {
		return pass(this.fixed);
	}

	private static boolean pass(Limiter<Void> limiter) {
		Optional<Limiter.Listener> listener = limiter.acquire(null);
		listener.ifPresent(Limiter.Listener::onSuccess);
		return listener.isPresent();
	}

	@Benchmark
	public boolean sentinel() {
		try {
			Entry entry = SphU.entry("bench", EntryType.IN);
			entry.exit();
			return true;
		}
		catch (BlockException ex) {
			return false;
		}
	}

}
