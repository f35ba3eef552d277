/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.disconnect;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.holdfast.lifetime.Ticker;
import dev.holdfast.socket.Sighting;
import dev.holdfast.socket.SocketEnds;
import dev.holdfast.socket.SocketEntry;
import dev.holdfast.socket.SocketState;
import dev.holdfast.socket.Sockets;

/**
 * Requests on whose connection something has come that may be the end of it or not: bytes
 * of the next request, of this request's body, or the farewell of TLS. The kernel's table
 * of sockets tells whether the client has closed behind those bytes. It is read a moment
 * after a suspect came, for all of them at once, then less and less often, down to twice
 * a second, or to half of what {@link Sockets} may spend where that is less: the other
 * half is for those who come. The moment is short for one whose bytes had come before it
 * was watched: who meant to close behind them has closed by then. While nothing may be
 * spent, nobody is looked at; then it is the first look that is made up for. Where there
 * is no such table, suspects are not watched.
 * <p>
 * One thread uses it.
 */
final class Suspects {

	/** Those whose bytes had come are handed over some at a time. */
	private static final long GATHERING = TimeUnit.MILLISECONDS.toNanos(5);

	private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(25);

	private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(500);

	/**
	 * Readings take less than a hundredth of a core; those for old suspects half of it.
	 */
	private static final long LONGEST_PAUSE_PER_COST = 200;

	/**
	 * A table that is read while connections come and go may leave one out.
	 */
	private static final int MISSING_FOR_SURE = 2;

	private final Sockets sockets;

	private final HalfClose halfClose;

	private final Ticker ticker;

	private final List<Suspect> suspects = new ArrayList<>();

	private long pause = SHORTEST_PAUSE;

	private long nextLook;

	Suspects(Sockets sockets, HalfClose halfClose, Ticker ticker) {
		this.sockets = sockets;
		this.halfClose = halfClose;
		this.ticker = ticker;
	}

	boolean isEmpty() {
		return this.suspects.isEmpty();
	}

	/**
	 * Adds a request for which bytes have just come.
	 * @param request the request
	 * @param channel its channel
	 */
	void add(WatchedRequest request, SocketChannel channel) {
		add(request, channel, SHORTEST_PAUSE);
	}

	/**
	 * Adds a request for which bytes had come before it was watched.
	 * @param request the request
	 * @param channel its channel
	 */
	void addBelated(WatchedRequest request, SocketChannel channel) {
		add(request, channel, GATHERING);
	}

	private void add(WatchedRequest request, SocketChannel channel, long firstPause) {
		if (!this.sockets.isAvailable()) {
			return;
		}
		try {
			if (channel.getLocalAddress() instanceof InetSocketAddress local
					&& channel.getRemoteAddress() instanceof InetSocketAddress remote) {
				long now = this.ticker.nanos();
				long wait = this.pause;
				if (request.isFirstSuspicion()) {
					this.pause = SHORTEST_PAUSE;
					wait = firstPause;
				}
				if (this.suspects.isEmpty() || this.nextLook - now > wait) {
					this.nextLook = now + wait;
				}
				this.suspects.add(new Suspect(request, new SocketEnds(local, remote)));
			}
		}
		catch (IOException ex) {
			// its server has closed it
		}
	}

	/**
	 * When to look next.
	 * @return milliseconds from now, at least 1, {@link Long#MAX_VALUE} if there is
	 * nothing to look at
	 */
	long millisToNextLook() {
		if (this.suspects.isEmpty()) {
			return Long.MAX_VALUE;
		}
		return Math.max(1, TimeUnit.NANOSECONDS.toMillis(this.nextLook - this.ticker.nanos()) + 1);
	}

	/**
	 * Looks, if it is time.
	 * @param gone told of requests whose clients have left
	 * @param harmless told of requests on whose connection everything has been read since
	 */
	void look(Consumer<WatchedRequest> gone, Consumer<WatchedRequest> harmless) {
		if (this.suspects.isEmpty() || this.nextLook - this.ticker.nanos() > 0) {
			return;
		}
		this.suspects.removeIf((suspect) -> suspect.request.isOver() || suspect.request.isAnswered());
		if (!this.suspects.isEmpty()) {
			Sighting seen = this.sockets.fresh(this.suspects.stream().map((suspect) -> suspect.ends).toList());
			if (seen != null) {
				this.suspects.removeIf((suspect) -> isSettled(suspect, seen, gone, harmless));
				this.pause = nextPause(seen);
			}
			else if (!this.sockets.isAvailable()) {
				// no descriptor is left, say
				this.pause = Math.min(2 * this.pause, LONGEST_PAUSE);
			}
		}
		this.nextLook = this.ticker.nanos() + this.pause;
	}

	private long nextPause(Sighting seen) {
		if (this.suspects.stream().anyMatch(Suspect::isMissing)) {
			return SHORTEST_PAUSE;
		}
		long longest = Math.max(LONGEST_PAUSE, LONGEST_PAUSE_PER_COST * seen.cost().toNanos());
		return Math.min(2 * this.pause, longest);
	}

	private boolean isSettled(Suspect suspect, Sighting seen, Consumer<WatchedRequest> gone,
			Consumer<WatchedRequest> harmless) {
		Verdict verdict = suspect.verdict(seen, this.halfClose);
		if (verdict == Verdict.OPEN || suspect.request.isOver()) {
			return false;
		}
		((verdict == Verdict.GONE) ? gone : harmless).accept(suspect.request);
		return true;
	}

	private enum Verdict {

		/** The client has left. */
		GONE,

		/** What had come is read. */
		HARMLESS,

		/** It is open, or not known. */
		OPEN

	}

	private static final class Suspect {

		final WatchedRequest request;

		final SocketEnds ends;

		private int missing;

		Suspect(WatchedRequest request, SocketEnds ends) {
			this.request = request;
			this.ends = ends;
		}

		boolean isMissing() {
			return this.missing > 0;
		}

		Verdict verdict(Sighting seen, HalfClose halfClose) {
			SocketEntry entry = seen.find(this.ends);
			if (entry == null || entry.state() == SocketState.CLOSE) {
				this.missing++;
				return (this.missing >= MISSING_FOR_SURE) ? Verdict.GONE : Verdict.OPEN;
			}
			this.missing = 0;
			if (entry.state() == SocketState.CLOSE_WAIT && halfClose == HalfClose.GONE) {
				return Verdict.GONE;
			}
			return (entry.state() == SocketState.ESTABLISHED && entry.receiveQueue() == 0) ? Verdict.HARMLESS
					: Verdict.OPEN;
		}

	}

}
