/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.websocket;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import dev.holdfast.lifetime.DrainStarted;
import dev.holdfast.lifetime.DrainWave;
import dev.holdfast.lifetime.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;

/**
 * How a drain closes the sessions that are open: oldest first, one after the other, so
 * that their clients do not come back elsewhere all at once.
 *
 * <p>
 * A server that stops does not wait for WebSockets, and cuts them. So what is still open
 * when the stop begins is closed all at once, and the stop waits a moment for that: for
 * sessions that were opened last, and where there was no window.
 */
final class WebSocketDrain implements SmartLifecycle {

	/** How long the stop waits for sessions that are being closed. */
	static final Duration GOOD_BYE = Duration.ofSeconds(1);

	/**
	 * How many peers that do not read can be kept before the others have to wait. For
	 * one, Tomcat waits 50 ms and cuts the connection; Jetty waits until the session has
	 * been idle for too long, 30 s by default.
	 */
	static final int THREADS = 64;

	/** Right before the graceful stop of the web server, which closes the port. */
	static final int PHASE = SmartLifecycle.DEFAULT_PHASE - 512;

	private static final Logger LOGGER = LoggerFactory.getLogger(WebSocketDrain.class);

	private final OpenSessions sessions;

	private final Ticker ticker;

	private final AtomicReference<@Nullable DrainWave<TrackedSession>> wave = new AtomicReference<>();

	private volatile boolean running;

	WebSocketDrain(OpenSessions sessions, Ticker ticker) {
		this.sessions = sessions;
		this.ticker = ticker;
	}

	/**
	 * A session is about to be given to its handler.
	 * @param session the session
	 * @return what stands for it, not yet open
	 */
	TrackedSession opening(WebSocketSession session) {
		return this.sessions.add(session);
	}

	/**
	 * The session is open.
	 * @param session what {@link #opening} returned
	 */
	void opened(TrackedSession session) {
		session.establish();
		// a drain that begins now sees that the session is established, or the session
		// sees the drain here, or both: it is closed once
		DrainWave<TrackedSession> current = this.wave.get();
		if (current != null) {
			current.add(session);
		}
	}

	/**
	 * The session is over.
	 * @param session the session
	 */
	void ended(WebSocketSession session) {
		this.sessions.remove(session);
	}

	@EventListener
	void drainStarted(DrainStarted drain) {
		begin(drain);
	}

	private void begin(DrainStarted drain) {
		DrainWave<TrackedSession> begun = new DrainWave<>(drain, this::close, THREADS, "holdfast-websockets",
				this.ticker);
		replace(begun);
		List<TrackedSession> closeable = this.sessions.closeable();
		if (!closeable.isEmpty()) {
			LOGGER.info("Closing {} WebSocket sessions within {} ms", closeable.size(), drain.window().toMillis());
		}
		begun.begin(closeable);
	}

	private void close(TrackedSession session) throws IOException {
		if (session.close(CloseStatus.GOING_AWAY)) {
			this.sessions.countClosed(CloseReason.GOING_AWAY);
		}
	}

	@EventListener
	void availabilityChanged(AvailabilityChangeEvent<ReadinessState> event) {
		if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
			replace(null);
		}
	}

	private void replace(@Nullable DrainWave<TrackedSession> next) {
		DrainWave<TrackedSession> before = this.wave.getAndSet(next);
		if (before != null) {
			before.cancel();
		}
	}

	@Override
	public void start() {
		replace(null);
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		begin(new DrainStarted(Duration.ZERO));
		try {
			this.sessions.awaitNone(GOOD_BYE);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		int left = this.sessions.count();
		if (left > 0) {
			LOGGER.info("{} WebSocket sessions have not ended and are cut by the server", left);
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
