/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Two instances that are replaced one after the other. The old one gets SIGTERM, the new
 * one is started in the same moment; when it is ready it is put in, and when the old one
 * is gone it is the turn of the next.
 */
final class Rollout implements AutoCloseable {

	private static final int INSTANCES = 2;

	/** To see an instance that does not end. */
	private static final Duration EXIT_LIMIT = Timing.GRACE.plusSeconds(15);

	private final Starter starter;

	/** Each with the time that an order to it takes. */
	private final Map<Front, Removals> fronts = new LinkedHashMap<>();

	private final List<Instance> started = new ArrayList<>();

	private final List<Instance> current = new ArrayList<>();

	private final List<Duration> exits = new ArrayList<>();

	private final ScheduledExecutorService orders = Executors.newScheduledThreadPool(2);

	Rollout(Starter starter) {
		this.starter = starter;
	}

	/**
	 * Adds somebody who sends requests.
	 * @param front the balancer
	 * @param removals when an order to it takes effect, none if it looks for itself
	 */
	void add(Front front, Removals removals) {
		this.fronts.put(front, removals);
	}

	void begin() throws IOException {
		for (int i = 0; i < INSTANCES; i++) {
			this.current.add(start());
		}
		for (Instance instance : this.current) {
			put(instance.awaitReady());
		}
	}

	private Instance start() throws IOException {
		Instance instance = this.starter.start(this.started.size());
		this.started.add(instance);
		return instance;
	}

	private void put(Instance instance) throws IOException {
		for (Front front : this.fronts.keySet()) {
			front.put(instance);
		}
	}

	/**
	 * Replaces the instance that is there for longest.
	 * @param number number of the restart, from 0
	 * @throws IOException if an instance does not come up or does not end
	 * @throws InterruptedException if interrupted
	 */
	void restart(int number) throws IOException, InterruptedException {
		Instance old = this.current.remove(0);
		old.terminate();
		List<Future<?>> removed = order(number, old);
		Instance fresh = start();
		this.current.add(fresh);
		put(fresh.awaitReady());
		for (Future<?> order : removed) {
			await(order);
		}
		this.exits.add(old.awaitExit(EXIT_LIMIT));
		for (Front front : this.fronts.keySet()) {
			front.remove(old);
		}
		old.close();
	}

	private List<Future<?>> order(int number, Instance old) {
		List<Future<?>> removed = new ArrayList<>();
		this.fronts.forEach((front, removals) -> {
			if (!removals.delays().isEmpty()) {
				removed.add(this.orders.schedule(() -> {
					front.remove(old);
					return null;
				}, removals.delays().get(number).toMillis(), TimeUnit.MILLISECONDS));
			}
		});
		return removed;
	}

	private static void await(Future<?> order) throws IOException, InterruptedException {
		try {
			order.get();
		}
		catch (ExecutionException ex) {
			throw new IOException("An instance could not be taken out", ex.getCause());
		}
	}

	/**
	 * How long the instances took to end.
	 * @return the longest
	 */
	Duration longestExit() {
		return this.exits.stream().max(Duration::compareTo).orElse(Duration.ZERO);
	}

	@Override
	public void close() {
		this.orders.shutdownNow();
		this.started.forEach(Instance::close);
	}

	/**
	 * Starts an instance.
	 */
	@FunctionalInterface
	interface Starter {

		Instance start(int number) throws IOException;

	}

}
