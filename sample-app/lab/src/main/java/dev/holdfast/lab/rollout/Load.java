/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Traffic that goes on, in stretches, until nothing happens any more and there was enough
 * of it.
 */
final class Load implements AutoCloseable {

	private final Stretch stretch;

	private final Duration length;

	private final long fewest;

	private final FutureTask<Counts> task = new FutureTask<>(this::run);

	private volatile boolean ending;

	private volatile boolean closed;

	private Load(Stretch stretch, Duration length, long fewest) {
		this.stretch = stretch;
		this.length = length;
		this.fewest = fewest;
	}

	/**
	 * Begins.
	 * @param stretch what is sent
	 * @param length length of one stretch
	 * @param fewest fewest requests of all stretches
	 * @return what is going on
	 */
	static Load start(Stretch stretch, Duration length, long fewest) {
		Load load = new Load(stretch, length, fewest);
		Thread thread = new Thread(load.task, "load");
		thread.setDaemon(true);
		thread.start();
		return load;
	}

	private Counts run() throws Exception {
		Counts counts = Counts.NONE;
		while (!this.closed && (!this.ending || counts.requests() < this.fewest)) {
			Counts more = this.stretch.send(this.length);
			if (more.requests() == 0) {
				throw new IOException("No request was sent in " + this.length);
			}
			counts = counts.plus(more);
		}
		return counts;
	}

	/**
	 * Says that nothing happens any more.
	 */
	void end() {
		this.ending = true;
	}

	/**
	 * Waits for the end of the last stretch.
	 * @return what became of all requests
	 * @throws Exception if they could not be sent
	 */
	Counts await() throws Exception {
		end();
		try {
			return this.task.get();
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof Exception cause) ? cause : ex;
		}
	}

	@Override
	public void close() {
		// a stretch that still runs ends by itself; nobody waits for it
		this.closed = true;
	}

}
