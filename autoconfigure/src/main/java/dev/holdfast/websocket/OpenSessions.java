/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.websocket;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.springframework.web.socket.WebSocketSession;

/**
 * The sessions that are open: Spring keeps no list of them.
 */
final class OpenSessions {

	private final Set<TrackedSession> open = ConcurrentHashMap.newKeySet();

	private final ReferenceQueue<WebSocketSession> collected = new ReferenceQueue<>();

	private final AtomicLong numbers = new AtomicLong();

	private final Map<CloseReason, LongAdder> closed = Arrays.stream(CloseReason.values())
		.collect(Collectors.toUnmodifiableMap(Function.identity(), (reason) -> new LongAdder()));

	private final ReentrantLock ending = new ReentrantLock();

	private final Condition oneHasEnded = this.ending.newCondition();

	/**
	 * A session is about to be given to its handler.
	 * @param session the session
	 * @return what stands for it
	 */
	TrackedSession add(WebSocketSession session) {
		forgetCollected();
		TrackedSession tracked = new TrackedSession(session, this.numbers.getAndIncrement(), this.collected);
		this.open.add(tracked);
		return tracked;
	}

	/**
	 * A session has ended, and its handler has heard of it.
	 * @param session the session
	 */
	void remove(WebSocketSession session) {
		this.ending.lock();
		try {
			this.open.remove(new TrackedSession(session, -1, null));
			this.oneHasEnded.signalAll();
		}
		finally {
			this.ending.unlock();
		}
	}

	/**
	 * The sessions that are to be closed if all are, oldest first.
	 * @return a snapshot
	 */
	List<TrackedSession> closeable() {
		forgetCollected();
		return this.open.stream()
			.filter(TrackedSession::isCloseable)
			.sorted(Comparator.comparingLong(TrackedSession::number))
			.toList();
	}

	/**
	 * How many sessions are open.
	 * @return the number now
	 */
	int count() {
		forgetCollected();
		return this.open.size();
	}

	/**
	 * Waits until no session is open.
	 * @param patience how long at most
	 * @throws InterruptedException if the thread is interrupted
	 */
	void awaitNone(Duration patience) throws InterruptedException {
		long left = patience.toNanos();
		this.ending.lock();
		try {
			while (left > 0 && count() > 0) {
				left = this.oneHasEnded.awaitNanos(left);
			}
		}
		finally {
			this.ending.unlock();
		}
	}

	void countClosed(CloseReason reason) {
		closedFor(reason).increment();
	}

	/**
	 * How many sessions were closed by us.
	 * @param reason why
	 * @return the number since the start
	 */
	long closed(CloseReason reason) {
		return closedFor(reason).sum();
	}

	private LongAdder closedFor(CloseReason reason) {
		LongAdder count = this.closed.get(reason);
		if (count == null) {
			throw new IllegalArgumentException("No counter for " + reason);
		}
		return count;
	}

	private void forgetCollected() {
		Reference<?> gone = this.collected.poll();
		while (gone != null) {
			this.open.remove(gone);
			gone = this.collected.poll();
		}
	}

}
