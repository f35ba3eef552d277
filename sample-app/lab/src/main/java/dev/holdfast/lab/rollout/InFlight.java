/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Requests that take long, each on a connection of its own.
 */
final class InFlight implements AutoCloseable {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final List<HttpConnection> connections = new ArrayList<>();

	private final List<FutureTask<Ending>> tasks = new ArrayList<>();

	/**
	 * Begins.
	 * @param port port of an instance
	 * @param path what is asked for
	 * @param count how often
	 * @return the requests
	 * @throws IOException if there is no connection
	 */
	static InFlight begin(int port, String path, int count) throws IOException {
		InFlight requests = new InFlight();
		for (int i = 0; i < count; i++) {
			HttpConnection connection = new HttpConnection(port, LIMIT);
			requests.connections.add(connection);
			FutureTask<Ending> task = new FutureTask<>(() -> run(connection, path));
			requests.tasks.add(task);
			Thread thread = new Thread(task, "in-flight-" + i);
			thread.setDaemon(true);
			thread.start();
		}
		return requests;
	}

	private static Ending run(HttpConnection connection, String path) {
		try {
			Answer answer = connection.get(path, LIMIT);
			return new Ending(answer.status(), answer.header("content-type"), true, "", System.nanoTime());
		}
		catch (EOFException ex) {
			return new Ending(0, "", connection.isStarted(), "EOF", System.nanoTime());
		}
		catch (IOException ex) {
			return new Ending(0, "", connection.isStarted(), ex.getClass().getSimpleName(), System.nanoTime());
		}
	}

	List<Ending> await() throws InterruptedException, ExecutionException {
		List<Ending> endings = new ArrayList<>();
		for (FutureTask<Ending> task : this.tasks) {
			endings.add(task.get());
		}
		return endings;
	}

	@Override
	public void close() {
		this.connections.forEach(HttpConnection::close);
	}

}
