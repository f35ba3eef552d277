/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lifetime;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * One drain, as connections see it that are held for long: each is closed at its moment.
 * Those that are opened meanwhile, by peers that come back to where they were, are closed
 * when the others are.
 *
 * <p>
 * Closing may block, for a peer that does not read: that keeps a thread. Moments are
 * watched by a thread that does nothing else. All of them end with the last moment.
 *
 * @param <T> what is closed
 * @since 0.1.0
 */
public final class DrainWave<T> {

	private static final Logger LOGGER = System.getLogger(DrainWave.class.getName());

	private final DrainStarted drain;

	private final Closing<? super T> closing;

	private final Ticker ticker;

	private final long startedNanos;

	private final ScheduledThreadPoolExecutor moments;

	private final ThreadPoolExecutor closers;

	/**
	 * A wave that has yet to begin, while its time runs.
	 * @param drain the drain
	 * @param closing closes one of them
	 * @param threads how many can block before the others have to wait
	 * @param name name of the threads
	 * @param ticker clock
	 */
	public DrainWave(DrainStarted drain, Closing<? super T> closing, int threads, String name, Ticker ticker) {
		this.drain = drain;
		this.closing = closing;
		this.ticker = ticker;
		this.startedNanos = ticker.nanos();
		ThreadFactory daemons = (task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		};
		// what comes after the end of the wave is discarded
		this.moments = new ScheduledThreadPoolExecutor(1, daemons, new ThreadPoolExecutor.DiscardPolicy());
		this.moments.setKeepAliveTime(1, TimeUnit.SECONDS);
		this.moments.allowCoreThreadTimeOut(true);
		this.moments.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
		this.closers = new ThreadPoolExecutor(threads, threads, 100, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(),
				daemons);
		this.closers.allowCoreThreadTimeOut(true);
	}

	/**
	 * Closes what is open, each at its {@link DrainStarted#moment moment}.
	 * @param open what is open, in the order in which it is to be closed
	 */
	public void begin(List<? extends T> open) {
		for (int index = 0; index < open.size(); index++) {
			closeAt(open.get(index), this.drain.moment(index, open.size()));
		}
	}

	/**
	 * Closes what was opened after the drain had begun: at a random moment between eight
	 * and nine tenths of the window, or at once if that is over.
	 * @param late what was opened
	 */
	public void add(T late) {
		long tenth = this.drain.window().toNanos() / 10;
		closeAt(late, Duration.ofNanos(8 * tenth + ThreadLocalRandom.current().nextLong(tenth + 1)));
	}

	private void closeAt(T open, Duration moment) {
		long elapsed = this.ticker.nanos() - this.startedNanos;
		Future<?> unused = this.moments.schedule(() -> this.closers.execute(() -> close(open)),
				moment.toNanos() - elapsed, TimeUnit.NANOSECONDS);
	}

	private void close(T open) {
		// its moment may have come before the end of the wave, and a thread after it
		if (this.moments.isShutdown()) {
			return;
		}
		try {
			this.closing.close(open);
		}
		catch (IOException | RuntimeException ex) {
			LOGGER.log(Level.DEBUG, "What a drain ends could not be closed", ex);
		}
	}

	/**
	 * Leaves open what is still open. A thread that closes now is not interrupted: that
	 * could cut the connection.
	 */
	public void cancel() {
		this.moments.shutdown();
	}

	/**
	 * Closes one of them.
	 *
	 * @param <T> what is closed
	 */
	@FunctionalInterface
	public interface Closing<T> {

		/**
		 * Closes it. May block.
		 * @param open what is open
		 * @throws IOException if its peer could not be told
		 */
		void close(T open) throws IOException;

	}

}
