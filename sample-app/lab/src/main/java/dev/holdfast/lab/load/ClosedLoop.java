/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.load;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

/**
 * A fixed number of clients that each wait for their answer: of no use to offer overload,
 * and just right to find out what a server can do.
 */
public final class ClosedLoop {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final int port;

	private final Mix mix;

	private final AtomicInteger good = new AtomicInteger();

	private volatile boolean counting;

	private volatile boolean stopped;

	private ClosedLoop(int port, Mix mix) {
		this.port = port;
		this.mix = mix;
	}

	/**
	 * Measures successes per second.
	 * @param port port of the server
	 * @param mix what is asked for
	 * @param clients how many ask at once
	 * @param warmUp how long before counting
	 * @param length how long to count
	 * @return good answers per second
	 * @throws InterruptedException if interrupted
	 */
	public static double run(int port, Mix mix, int clients, Duration warmUp, Duration length)
			throws InterruptedException {
		ClosedLoop loop = new ClosedLoop(port, mix);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < clients; i++) {
			SplittableRandom random = new SplittableRandom(i);
			Thread thread = new Thread(() -> loop.client(random), "client-" + i);
			threads.add(thread);
			thread.start();
		}
		try {
			Thread.sleep(warmUp.toMillis());
			loop.counting = true;
			long begin = System.nanoTime();
			Thread.sleep(length.toMillis());
			loop.counting = false;
			return loop.good.get() * 1e9 / (System.nanoTime() - begin);
		}
		finally {
			loop.stopped = true;
			for (Thread thread : threads) {
				thread.join();
			}
		}
	}

	private void client(SplittableRandom random) {
		@Nullable BlockingClient client = null;
		while (!this.stopped) {
			try {
				if (client == null) {
					client = new BlockingClient(this.port, TIMEOUT);
				}
				int status = client.get(this.mix.targets().get(this.mix.pick(random)).path(), TIMEOUT);
				if (status == 200 && this.counting) {
					this.good.incrementAndGet();
				}
				client = client.isReusable() ? client : closed(client);
			}
			catch (IOException ex) {
				client = closed(client);
			}
		}
		closed(client);
	}

	private static @Nullable BlockingClient closed(@Nullable BlockingClient client) {
		if (client != null) {
			try {
				client.close();
			}
			catch (IOException ex) {
				// it is given up either way
			}
		}
		return null;
	}

}
