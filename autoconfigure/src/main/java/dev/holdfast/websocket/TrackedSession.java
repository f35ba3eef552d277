/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.websocket;

import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jspecify.annotations.Nullable;

import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;

/**
 * One session of a handler. Weak, so that a session whose end nobody has told is not kept
 * in memory.
 *
 * <p>
 * Equal to what else stands for the same session, as long as that exists. Its id would
 * not do: that of a SockJS session is chosen by the client.
 */
final class TrackedSession extends WeakReference<WebSocketSession> {

	private final int hash;

	private final long number;

	private final AtomicBoolean told = new AtomicBoolean();

	private volatile boolean established;

	TrackedSession(WebSocketSession session, long number, @Nullable ReferenceQueue<WebSocketSession> collected) {
		super(session, collected);
		this.hash = System.identityHashCode(session);
		this.number = number;
	}

	/**
	 * Sessions are numbered in the order in which they are opened.
	 * @return the number
	 */
	long number() {
		return this.number;
	}

	/**
	 * The handler knows the session: from now on it may be closed.
	 */
	void establish() {
		this.established = true;
	}

	/**
	 * Whether it is still to be closed, if all are.
	 * @return {@code false} as long as the handler does not know it, and once its peer
	 * was told
	 */
	boolean isCloseable() {
		return this.established && !this.told.get();
	}

	/**
	 * Closes the session, at most once. May block for as long as the server waits for a
	 * peer that does not read.
	 * @param status what the peer is told
	 * @return whether this call has closed it
	 * @throws IOException if the peer could not be told
	 */
	boolean close(CloseStatus status) throws IOException {
		WebSocketSession session = get();
		if (session == null || !session.isOpen() || !this.told.compareAndSet(false, true)) {
			return false;
		}
		session.close(status);
		return true;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		if (this == other) {
			return true;
		}
		WebSocketSession session = get();
		return session != null && other instanceof TrackedSession tracked && tracked.get() == session;
	}

	@Override
	public int hashCode() {
		return this.hash;
	}

}
