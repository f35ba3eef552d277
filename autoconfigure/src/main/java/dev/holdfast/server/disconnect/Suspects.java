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
import dev.holdfast.socket.SocketEntry;
import dev.holdfast.socket.SocketState;
import dev.holdfast.socket.SocketTable;
import dev.holdfast.socket.Sockets;
import org.jspecify.annotations.Nullable;

/**
 * Requests on whose connection something has come that may be the end of it or not: bytes
 * of the next request, of this request's body, or the farewell of TLS. The kernel's table
 * of sockets tells whether the client has closed behind those bytes. It is read a moment
 * after a suspect came, for all of them at once, then less and less often, down to twice
 * a second, or to half of what {@link Sockets} may spend where that is less: the other
 * half is for those who come. While nothing may be spent, nobody is looked at; then it is
 * the first look that is made up for. Where there is no such table, suspects are not
 * watched.
 * <p>
 * A client that has closed does not open again: once the table was read with it, nothing
 * is read for it any more. So of a crowd that leaves at once, whose requests come of age
 * one after the other, a few have the table read, and the others are known by then.
 * <p>
 * One thread uses it.
 */
final class Suspects {

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
	 * Whether the client of a request was seen to have closed when the table was last
	 * read, for whomever. In a table from before the request it may be the end of another
	 * connection that had the same two ends.
	 * @param request the request
	 * @param channel its channel
	 * @return {@code false} if it has not, or is not known
	 */
	boolean isKnownToHaveLeft(WatchedRequest request, SocketChannel channel) {
		SocketTable table = this.sockets.latest();
		if (table == null || !request.hasBegunBefore(table.readAtNanos())) {
			return false;
		}
		Ends ends = Ends.of(channel);
		SocketEntry entry = (ends != null) ? ends.in(table) : null;
		return entry != null && hasLeft(entry, this.halfClose);
	}

	private static boolean hasLeft(SocketEntry entry, HalfClose halfClose) {
		return entry.state() == SocketState.CLOSE_WAIT && halfClose == HalfClose.GONE;
	}

	/**
	 * Adds a request.
	 * @param request the request
	 * @param channel its channel
	 */
	void add(WatchedRequest request, SocketChannel channel) {
		if (!this.sockets.isAvailable()) {
			return;
		}
		Ends ends = Ends.of(channel);
		if (ends == null) {
			return;
		}
		long now = this.ticker.nanos();
		if (request.isFirstSuspicion()) {
			this.pause = SHORTEST_PAUSE;
		}
		if (this.suspects.isEmpty() || this.nextLook - now > this.pause) {
			this.nextLook = now + this.pause;
		}
		this.suspects.add(new Suspect(request, ends, now));
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
			SocketTable table = this.sockets.fresh();
			if (table == null) {
				this.suspects.clear();
			}
			else if (this.suspects.stream().anyMatch((suspect) -> suspect.isNews(table))) {
				this.suspects.removeIf((suspect) -> isSettled(suspect, table, gone, harmless));
				this.pause = nextPause();
			}
		}
		this.nextLook = this.ticker.nanos() + this.pause;
	}

	private long nextPause() {
		if (this.suspects.stream().anyMatch(Suspect::isMissing)) {
			return SHORTEST_PAUSE;
		}
		long longest = Math.max(LONGEST_PAUSE, LONGEST_PAUSE_PER_COST * this.sockets.cost().toNanos());
		return Math.min(2 * this.pause, longest);
	}

	private boolean isSettled(Suspect suspect, SocketTable table, Consumer<WatchedRequest> gone,
			Consumer<WatchedRequest> harmless) {
		if (!suspect.isNews(table)) {
			return false;
		}
		Verdict verdict = suspect.verdict(table, this.halfClose);
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

	/**
	 * The two ends of a connection.
	 *
	 * @param local ours
	 * @param remote the client's
	 */
	private record Ends(InetSocketAddress local, InetSocketAddress remote) {

		/**
		 * The ends of a channel.
		 * @param channel the channel
		 * @return its ends, {@code null} where its server has closed it or it has none
		 */
		static @Nullable Ends of(SocketChannel channel) {
			try {
				return (channel.getLocalAddress() instanceof InetSocketAddress local
						&& channel.getRemoteAddress() instanceof InetSocketAddress remote) ? new Ends(local, remote)
								: null;
			}
			catch (IOException ex) {
				return null;
			}
		}

		@Nullable SocketEntry in(SocketTable table) {
			return table.find(this.local, this.remote);
		}

	}

	private static final class Suspect {

		final WatchedRequest request;

		final Ends ends;

		private long seenNanos;

		private int missing;

		Suspect(WatchedRequest request, Ends ends, long seenNanos) {
			this.request = request;
			this.ends = ends;
			this.seenNanos = seenNanos;
		}

		boolean isNews(SocketTable table) {
			return table.readAtNanos() - this.seenNanos > 0;
		}

		boolean isMissing() {
			return this.missing > 0;
		}

		Verdict verdict(SocketTable table, HalfClose halfClose) {
			this.seenNanos = table.readAtNanos();
			SocketEntry entry = this.ends.in(table);
			if (entry == null || entry.state() == SocketState.CLOSE) {
				this.missing++;
				return (this.missing >= MISSING_FOR_SURE) ? Verdict.GONE : Verdict.OPEN;
			}
			this.missing = 0;
			if (hasLeft(entry, halfClose)) {
				return Verdict.GONE;
			}
			return (entry.state() == SocketState.ESTABLISHED && entry.receiveQueue() == 0) ? Verdict.HARMLESS
					: Verdict.OPEN;
		}

	}

}
