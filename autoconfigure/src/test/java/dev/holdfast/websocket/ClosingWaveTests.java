/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.websocket;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import dev.holdfast.lifetime.DrainStarted;
import dev.holdfast.lifetime.Ticker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the waves do with sessions that are not well.
 */
@Tag("E5")
class ClosingWaveTests {

	private static final DrainStarted AT_ONCE = new DrainStarted(Duration.ZERO);

	private final OpenSessions sessions = new OpenSessions();

	private final WebSocketDrain drain = new WebSocketDrain(this.sessions, Ticker.system());

	private final CountDownLatch released = new CountDownLatch(1);

	private final List<WebSocketSession> kept = new ArrayList<>();

	@AfterEach
	void release() {
		this.released.countDown();
		this.drain.start();
	}

	@Test
	void peersThatDoNotReadHoldUpNobodyElse() {
		for (int index = 0; index < WebSocketDrain.THREADS - 1; index++) {
			open(session(this.released::await));
		}
		AtomicInteger closed = new AtomicInteger();
		open(session(closed::incrementAndGet));
		this.drain.drainStarted(new DrainStarted(Duration.ofMillis(100)));
		await().until(() -> closed.get() == 1);
		assertThat(this.sessions.closed(CloseReason.GOING_AWAY)).isEqualTo(1);
	}

	@Test
	void sessionThatFailsIsNotTheLast() {
		open(session(() -> {
			throw new IOException("planted");
		}));
		open(session(() -> {
			throw new IllegalStateException("planted");
		}));
		AtomicInteger closed = new AtomicInteger();
		open(session(closed::incrementAndGet));
		this.drain.drainStarted(AT_ONCE);
		await().until(() -> closed.get() == 1);
	}

	@Test
	void sessionIsClosedOnceByHoweverManyDrains() {
		AtomicInteger closed = new AtomicInteger();
		open(session(closed::incrementAndGet));
		this.drain.drainStarted(AT_ONCE);
		await().until(() -> closed.get() == 1);
		this.drain.drainStarted(AT_ONCE);
		AtomicInteger later = new AtomicInteger();
		open(session(later::incrementAndGet));
		await().until(() -> later.get() == 1);
		assertThat(closed).hasValue(1);
	}

	@Test
	void sessionIsNotClosedBeforeItsHandlerKnowsIt() {
		AtomicInteger closed = new AtomicInteger();
		TrackedSession opening = this.drain.opening(session(closed::incrementAndGet));
		AtomicInteger other = new AtomicInteger();
		open(session(other::incrementAndGet));
		this.drain.drainStarted(AT_ONCE);
		await().until(() -> other.get() == 1);
		assertThat(closed).hasValue(0);
		this.drain.opened(opening);
		await().until(() -> closed.get() == 1);
	}

	@Test
	void contextThatStartsAgainKeepsItsSessions() {
		AtomicInteger first = new AtomicInteger();
		WebSocketSession session = session(first::incrementAndGet);
		open(session);
		this.drain.start();
		this.drain.drainStarted(AT_ONCE);
		await().until(() -> first.get() == 1);
		this.drain.ended(session);
		this.drain.stop();
		this.drain.start();
		AtomicInteger second = new AtomicInteger();
		open(session(second::incrementAndGet));
		await().during(Duration.ofMillis(300)).until(() -> second.get() == 0);
	}

	@Test
	void stopWaitsForSessionsThatAreBeingClosedButNotForLong() {
		open(session(this.released::await));
		long begun = System.nanoTime();
		this.drain.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isBetween(WebSocketDrain.GOOD_BYE,
				WebSocketDrain.GOOD_BYE.plusSeconds(5));
	}

	@Test
	void stopDoesNotWaitForNothing() {
		long begun = System.nanoTime();
		this.drain.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(500));
	}

	@Test
	void stopGoesOnWhenTheLastSessionHasEnded() {
		List<WebSocketSession> ending = new ArrayList<>();
		WebSocketSession session = session(() -> ending.forEach(this.drain::ended));
		ending.add(session);
		open(session);
		long begun = System.nanoTime();
		this.drain.stop();
		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(900));
		assertThat(this.sessions.count()).isZero();
	}

	@Test
	void threadsEndWithTheLastMoment() {
		AtomicInteger closed = new AtomicInteger();
		IntStream.range(0, 5).forEach((index) -> open(session(closed::incrementAndGet)));
		this.drain.drainStarted(AT_ONCE);
		await().until(() -> closed.get() == 5);
		await().until(() -> Thread.getAllStackTraces()
			.keySet()
			.stream()
			.noneMatch((thread) -> thread.getName().equals("holdfast-websockets")));
	}

	@Test
	void sessionsOfTheSameIdAreTwo() {
		WebSocketSession one = session(() -> {
		});
		WebSocketSession other = session(() -> {
		});
		open(one);
		open(other);
		assertThat(one.getId()).isEqualTo(other.getId());
		this.drain.ended(one);
		assertThat(this.sessions.count()).isEqualTo(1);
	}

	@Test
	void forgottenSessionIsNotKeptInMemory() {
		open(session(() -> {
		}));
		assertThat(this.sessions.count()).isEqualTo(1);
		this.kept.clear();
		await().until(() -> {
			System.gc();
			return this.sessions.count() == 0;
		});
	}

	private void open(WebSocketSession session) {
		this.drain.opened(this.drain.opening(session));
	}

	private WebSocketSession session(Closing closing) {
		WebSocketSession session = (WebSocketSession) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { WebSocketSession.class }, (proxy, method, arguments) -> switch (method.getName()) {
					case "isOpen" -> true;
					case "getId" -> "same";
					case "close" -> close(closing, arguments);
					default -> throw new UnsupportedOperationException(method.getName());
				});
		// as the server does
		this.kept.add(session);
		return session;
	}

	private static @Nullable Object close(Closing closing, Object[] arguments) throws IOException {
		assertThat(arguments).containsExactly(CloseStatus.GOING_AWAY);
		try {
			closing.run();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return null;
	}

	/**
	 * What closing a session does.
	 */
	@FunctionalInterface
	private interface Closing {

		void run() throws IOException, InterruptedException;

	}

}
