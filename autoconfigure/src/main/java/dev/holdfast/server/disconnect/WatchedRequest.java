/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.disconnect;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

import dev.holdfast.inflight.RunningRequest;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * A request whose client is watched once it runs for long. It is over before its server
 * reads the next request of the connection: what comes in then is not taken for a client
 * that leaves.
 */
final class WatchedRequest implements AsyncListener {

	private static final String EVENT_STREAM = "text/event-stream";

	private final RunningRequest running;

	private final Wire wire;

	private final boolean body;

	private final ServletResponse response;

	private final WatchedRequests table;

	private volatile boolean over;

	private volatile @Nullable SelectionKey key;

	// touched by the thread that inspects
	private boolean handedOver;

	// touched by the thread that watches channels
	private boolean suspected;

	// touched by the threads of the request, one after the other
	private boolean listening;

	/**
	 * A request that begins.
	 * @param running its place among those that run
	 * @param wire the way to its client
	 * @param body whether a body comes with it, which its handler may read at any time
	 * @param response its response
	 * @param table where it is taken out of
	 */
	WatchedRequest(RunningRequest running, Wire wire, boolean body, ServletResponse response, WatchedRequests table) {
		this.running = running;
		this.wire = wire;
		this.body = body;
		this.response = response;
		this.table = table;
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
	 * Whether it has ended: whatever is seen of its connection says nothing about it.
	 * @return {@code true} once it was taken out
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
		try {
			return this.response.isCommitted();
		}
		catch (IllegalStateException ex) {
			// over, and used for another request
			return true;
		}
	}

	/**
	 * Looks at it, once it runs for long.
	 * @param watch where its channel is watched
	 * @param departures where a reset is told
	 */
	void look(ChannelWatch watch, Departures departures) {
		if (this.handedOver) {
			return;
		}
		if (isAnswered()) {
			this.handedOver = true;
		}
		else if (channel() != null) {
			this.handedOver = true;
			watch.watch(this);
		}
		else if (this.wire.isReset() && !isOver()) {
			this.handedOver = true;
			departures.noticed(this.running);
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

	/**
	 * Ends a dispatch. An asynchronous request stays until it completes; event streams
	 * are not watched.
	 * @param request the request
	 */
	void leave(ServletRequest request) {
		if (!request.isAsyncStarted()) {
			// after an asynchronous dispatch the container has to complete: it tells us
			if (!this.listening) {
				end();
			}
		}
		else if (!this.listening) {
			String contentType = this.response.getContentType();
			if (contentType != null && contentType.startsWith(EVENT_STREAM)) {
				end();
			}
			else {
				listen(request);
			}
		}
	}

	private void listen(ServletRequest request) {
		this.listening = true;
		try {
			request.getAsyncContext().addListener(this);
		}
		catch (IllegalStateException ex) {
			// it has completed all the same: nobody will tell us
			end();
		}
	}

	private void end() {
		this.over = true;
		this.table.remove(this.running);
		SelectionKey registered = this.key;
		if (registered != null) {
			// nobody is woken: the watch gives the descriptor up in its next round
			registered.cancel();
		}
	}

	@Override
	public void onComplete(AsyncEvent event) {
		end();
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		// completion follows
	}

	@Override
	public void onError(AsyncEvent event) {
		// completion does not always follow
		end();
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
		// another round: the container has forgotten its listeners
		event.getAsyncContext().addListener(this);
	}

}
