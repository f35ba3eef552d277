/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.ghosts;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Many clients that ask in the same moment and leave in the same moment: half of each
 * kind with FIN, half with RST.
 */
final class Crowd implements AutoCloseable {

	private static final int CONNECTING = 8;

	private final List<Leaver> clients;

	private Crowd(List<Leaver> clients) {
		this.clients = clients;
	}

	/**
	 * Connects them all.
	 * @param count how many
	 * @param client connects one
	 * @return the crowd
	 * @throws IOException if one cannot connect
	 * @throws InterruptedException if interrupted
	 */
	static Crowd connect(int count, Callable<Leaver> client) throws IOException, InterruptedException {
		ExecutorService threads = Executors.newFixedThreadPool(CONNECTING);
		Crowd crowd = new Crowd(new ArrayList<>());
		try {
			List<Future<Leaver>> connecting = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				connecting.add(threads.submit(client));
			}
			for (Future<Leaver> connected : connecting) {
				crowd.clients.add(connected.get());
			}
			return crowd;
		}
		catch (ExecutionException ex) {
			crowd.close();
			throw new IOException("Not all of " + count + " clients could connect", ex.getCause());
		}
		finally {
			threads.shutdownNow();
		}
	}

	/**
	 * Everybody asks, for one of the paths in turn.
	 * @param paths what to ask for
	 * @throws IOException if a connection is gone
	 */
	void ask(List<String> paths) throws IOException {
		for (int i = 0; i < this.clients.size(); i++) {
			this.clients.get(i).ask(paths.get(i % paths.size()));
		}
	}

	/**
	 * Everybody leaves, two with FIN and two with RST in turn.
	 * @throws IOException if one was gone already
	 */
	void leave() throws IOException {
		for (int i = 0; i < this.clients.size(); i++) {
			if (i % 4 < 2) {
				this.clients.get(i).leave();
			}
			else {
				this.clients.get(i).vanish();
			}
		}
	}

	@Override
	public void close() {
		this.clients.forEach(Leaver::close);
	}

}
