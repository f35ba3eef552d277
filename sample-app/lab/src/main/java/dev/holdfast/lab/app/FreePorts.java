/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.app;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports to listen on that are free now and stay so until they are taken: they lie outside
 * of the range that outgoing connections get theirs from, also those of the load.
 */
public final class FreePorts {

	/** Below what Linux takes for outgoing connections, unless it is told otherwise. */
	private static final int END = 32_768;

	private static final int BEGIN = 10_240;

	private static final int TRIES = 100;

	private static int last = ThreadLocalRandom.current().nextInt(BEGIN, END);

	private FreePorts() {
	}

	/**
	 * One that was not given before, unless thousands were.
	 * @return the port
	 * @throws IOException if none can be found
	 */
	public static int next() throws IOException {
		for (int i = 0; i < TRIES; i++) {
			int port = following();
			// on all addresses, as a server that is told nothing else
			try (ServerSocket socket = new ServerSocket(port, 1)) {
				return socket.getLocalPort();
			}
			catch (IOException ex) {
				// somebody has it
			}
		}
		throw new IOException("None of " + TRIES + " ports from " + BEGIN + " to " + END + " can be listened on");
	}

	private static int following() {
		synchronized (FreePorts.class) {
			last = (last + 1 < END) ? last + 1 : BEGIN;
			return last;
		}
	}

}
