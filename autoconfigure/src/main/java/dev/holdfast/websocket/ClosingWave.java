/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.websocket;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.holdfast.lifetime.DrainStarted;
import dev.holdfast.lifetime.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.socket.CloseStatus;

/**
 * One drain, as WebSockets see it: each session is closed at its moment. Those that are
 * opened meanwhile, by clients that come back to where they were, are closed when the
 * others are.
 *
 * <p>
 * A session is closed by a message to its peer. For one that does not read Tomcat waits
 * 50 ms and cuts the connection; Jetty waits until the session has been idle for too
 * long, 30 s by default. That keeps a thread, of which {@value #THREADS} can be kept
 * before the others have to wait. Moments are watched by a thread that does nothing else.
 * All of them end with the last moment.
 */
final class ClosingWave {

	static final int THREADS = 64;

	private static final Logger LOGGER = LoggerFactory.getLogger(ClosingWave.class);

	private final DrainStarted drain;

	private final OpenSessions sessions;

	private final Ticker ticker;

	private final long startedNanos;

	private final ScheduledThreadPoolExecutor moments;

	private final ThreadPoolExecutor closers;

	ClosingWave(DrainStarted drain, OpenSessions sessions, Ticker ticker) {
		this.drain = drain;
		this.sessions = sessions;
		this.ticker = ticker;
		this.startedNanos = ticker.nanos();
		// what comes after the end of the wave is discarded
		this.moments = new ScheduledThreadPoolExecutor(1, ClosingWave::thread, new ThreadPoolExecutor.DiscardPolicy());
		this.moments.setKeepAliveTime(1, TimeUnit.SECONDS);
		this.moments.allowCoreThreadTimeOut(true);
		this.moments.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
		this.closers = new ThreadPoolExecutor(THREADS, THREADS, 100, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(),
				ClosingWave::thread);
		this.closers.allowCoreThreadTimeOut(true);
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "holdfast-websockets");
		thread.setDaemon(true);
		return thread;
	}

	void begin(List<TrackedSession> closeable) {
		for (int index = 0; index < closeable.size(); index++) {
			closeAt(closeable.get(index), this.drain.moment(index, closeable.size()));
		}
	}

	/**
	 * Closes a session that was opened after the drain had begun: at a random moment
	 * between eight and nine tenths of the window, or at once if that is over.
	 * @param session the session
	 */
	void add(TrackedSession session) {
		long tenth = this.drain.window().toNanos() / 10;
		closeAt(session, Duration.ofNanos(8 * tenth + ThreadLocalRandom.current().nextLong(tenth + 1)));
	}

	private void closeAt(TrackedSession session, Duration moment) {
		long elapsed = this.ticker.nanos() - this.startedNanos;
		Future<?> unused = this.moments.schedule(() -> this.closers.execute(() -> close(session)),
				moment.toNanos() - elapsed, TimeUnit.NANOSECONDS);
	}

	private void close(TrackedSession session) {
		try {
			if (session.close(CloseStatus.GOING_AWAY)) {
				this.sessions.countClosed(CloseReason.GOING_AWAY);
			}
		}
		catch (IOException | RuntimeException ex) {
			LOGGER.debug("A WebSocket session could not be closed", ex);
		}
	}

	/**
	 * Leaves open what is still open. A thread that closes a session now is not
	 * interrupted: that could cut the session.
	 */
	void cancel() {
		this.moments.shutdown();
	}

}
