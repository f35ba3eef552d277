/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.disconnect;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;

import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.server.FirstByte;
import dev.holdfast.server.RequestCompanion;
import dev.holdfast.server.Wire;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * A request whose client is watched once it runs for long. It is over before its server
 * reads the next request of the connection: what comes in then is not taken for a client
 * that leaves.
 */
final class WatchedRequest implements RequestCompanion {

	private static final String EVENT_STREAM = "text/event-stream";

	private final RunningRequest running;

	private final Wire wire;

	private final boolean body;

	private final DisconnectWatch watch;

	private volatile @Nullable HttpServletResponse response;

	private volatile boolean over;

	private volatile @Nullable SelectionKey key;

	private volatile boolean handedOver;

	// touched by the thread that watches channels
	private boolean suspected;

	/**
	 * A request that begins.
	 * @param running its place among those that run
	 * @param wire the way to its client
	 * @param body whether a body comes with it, which its handler may read at any time
	 * @param watch where it is watched
	 */
	WatchedRequest(RunningRequest running, Wire wire, boolean body, DisconnectWatch watch) {
		this.running = running;
		this.wire = wire;
		this.body = body;
		this.watch = watch;
	}

	// before the body is read, its bytes may lie before the end
	@Override
	public void crowded(RunningRequest same) {
		if (!this.body && this.watch.halfClose() == HalfClose.GONE && this.wire.isClosedByClient()) {
			this.handedOver = true;
			this.watch.departures().noticedBefore(this.running);
		}
	}

	@Override
	public HttpServletRequest admitted(RunningRequest same, HttpServletRequest request,
			HttpServletResponse itsResponse) {
		this.response = itsResponse;
		return request;
	}

	// Event streams are not watched: who writes notices that nobody reads
	@Override
	public void leftByItsThread(RunningRequest same, HttpServletRequest request) {
		HttpServletResponse known = this.response;
		String contentType = (known != null) ? known.getContentType() : null;
		if (contentType != null && contentType.startsWith(EVENT_STREAM)) {
			finished(same);
		}
	}

	@Override
	public void finished(RunningRequest same) {
		this.over = true;
		this.response = null;
		SelectionKey registered = this.key;
		if (registered != null) {
			// nobody is woken: the watch gives the descriptor up in its next round
			registered.cancel();
		}
	}

	RunningRequest running() {
		return this.running;
	}

	@Nullable SocketChannel channel() {
		return this.wire.channel();
	}

	boolean hasBody() {
		return this.body;
	}

	/**
	 * Whether it ran already at a time, on the connection that it still has.
	 * @param nanos the time
	 * @return {@code false} if the connection may have been another one
	 */
	boolean hasBegunBefore(long nanos) {
		return nanos - this.running.startedNanos() > 0;
	}

	/**
	 * Whether it has ended: whatever is seen of its connection says nothing about it.
	 * @return {@code true} once it is over
	 */
	boolean isOver() {
		return this.over || this.running.isEnded();
	}

	/**
	 * Whether its answer is on the way. From then on it is the handler's: a client may
	 * leave with the answer and leave the handler to its last work, and who writes more
	 * notices that nobody reads.
	 * @return {@code true} once the first byte was sent
	 */
	boolean isAnswered() {
		return FirstByte.isOut(this.response);
	}

	@Override
	public void inspect(RunningRequest same, Duration age) {
		if (this.handedOver || age.compareTo(this.watch.detectAfter()) < 0) {
			return;
		}
		if (isAnswered()) {
			this.handedOver = true;
		}
		else if (channel() != null) {
			this.handedOver = true;
			this.watch.channels().watch(this);
		}
		else if (this.wire.isReset() && !isOver()) {
			this.handedOver = true;
			this.watch.departures().noticed(this.running);
		}
	}

	/**
	 * Whether bytes have come for the first time. A body that comes slowly makes it
	 * suspected again and again.
	 * @return {@code true} the first time
	 */
	boolean isFirstSuspicion() {
		boolean first = !this.suspected;
		this.suspected = true;
		return first;
	}

	/**
	 * Remembers where it is registered.
	 * @param registered the key
	 */
	void registered(SelectionKey registered) {
		this.key = registered;
		if (this.over) {
			// it ended in this moment, and did not see the key
			registered.cancel();
		}
	}

}
