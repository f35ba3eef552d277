/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.holdfast.lab.outbound.Trial.Call;

/**
 * What Boot alone does with the faults. They are played all at once: waiting costs
 * nothing, and nobody waits for the last of them longer than patience lasts.
 */
final class PlainColumn implements AutoCloseable {

	private final BootClient client;

	private final Map<String, Stage> stages = new LinkedHashMap<>();

	private final Map<String, Trial> trials = new ConcurrentHashMap<>();

	private final List<Thread> threads = new ArrayList<>();

	private PlainColumn(BootClient client) {
		this.client = client;
	}

	/**
	 * Begins to play.
	 * @param faults what is played
	 * @param patience how long each is watched
	 * @param properties of the application, as key=value
	 * @return the column, which fills itself
	 * @throws Exception if a fault cannot be set up
	 */
	static PlainColumn start(List<Fault> faults, Duration patience, String... properties) throws Exception {
		PlainColumn column = new PlainColumn(BootClient.plain(properties).warmedUp());
		Map<String, Call> calls = new LinkedHashMap<>();
		for (Fault fault : faults) {
			Stage stage = fault.setting().stage(column.client);
			column.stages.put(fault.name(), stage);
			calls.put(fault.name(), stage.prepare());
		}
		calls.forEach((name, call) -> column.play(name, call, patience));
		return column;
	}

	private void play(String name, Call call, Duration patience) {
		Thread thread = new Thread(() -> watch(name, call, patience), "plain-" + name);
		thread.setDaemon(true);
		thread.start();
		this.threads.add(thread);
	}

	private void watch(String name, Call call, Duration patience) {
		try {
			this.trials.put(name, Trial.of(call, patience));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Waits for the last one.
	 * @return how each ended, by the name of the fault
	 * @throws InterruptedException if interrupted
	 */
	Map<String, Trial> await() throws InterruptedException {
		for (Thread thread : this.threads) {
			thread.join();
		}
		return Map.copyOf(this.trials);
	}

	@Override
	public void close() throws IOException {
		for (Stage stage : this.stages.values()) {
			stage.close();
		}
		this.client.close();
	}

}
