/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.holdfast.lifetime.DrainStarted;
import dev.holdfast.lifetime.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One drain, as event streams see it: each is closed at its moment. Those that are opened
 * meanwhile, by clients that come back to where they were, are closed when the others
 * are.
 *
 * <p>
 * Closing a stream writes to its peer, and waits for whoever writes to it now: a peer
 * that does not read keeps a thread. {@value #THREADS} of them can be kept before the
 * others have to wait. The threads end with the last moment.
 */
final class EmitterWave {

	static final int THREADS = 8;

	private static final Logger LOGGER = LoggerFactory.getLogger(EmitterWave.class);

	private final DrainStarted drain;

	private final Ticker ticker;

	private final long startedNanos;

	private final ScheduledThreadPoolExecutor executor;

	EmitterWave(DrainStarted drain, Ticker ticker) {
		this.drain = drain;
		this.ticker = ticker;
		this.startedNanos = ticker.nanos();
		// what comes after the end of the wave is discarded
		this.executor = new ScheduledThreadPoolExecutor(THREADS, EmitterWave::thread,
				new ThreadPoolExecutor.DiscardPolicy());
		this.executor.setKeepAliveTime(1, TimeUnit.SECONDS);
		this.executor.allowCoreThreadTimeOut(true);
		this.executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "holdfast-streams");
		thread.setDaemon(true);
		return thread;
	}

	void begin(List<EmitterStream> streams) {
		for (int index = 0; index < streams.size(); index++) {
			closeAt(streams.get(index), this.drain.moment(index, streams.size()));
		}
	}

	/**
	 * Closes a stream that was opened after the drain had begun: at a random moment
	 * between eight and nine tenths of the window, or at once if that is over.
	 * @param stream the stream
	 */
	void add(EmitterStream stream) {
		long tenth = this.drain.window().toNanos() / 10;
		closeAt(stream, Duration.ofNanos(8 * tenth + ThreadLocalRandom.current().nextLong(tenth + 1)));
	}

	private void closeAt(EmitterStream stream, Duration moment) {
		long elapsed = this.ticker.nanos() - this.startedNanos;
		Future<?> unused = this.executor.schedule(() -> close(stream), moment.toNanos() - elapsed,
				TimeUnit.NANOSECONDS);
	}

	private static void close(EmitterStream stream) {
		try {
			stream.close();
		}
		catch (RuntimeException ex) {
			LOGGER.debug("An event stream could not be closed", ex);
		}
	}

	/**
	 * Leaves open what is still open. A thread that closes a stream now is not
	 * interrupted: that could cut the stream.
	 */
	void cancel() {
		this.executor.shutdown();
	}

}
