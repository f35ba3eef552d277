/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.tomcat;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.holdfast.lifetime.Ticker;
import dev.holdfast.server.ArrivedBytes;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.jspecify.annotations.Nullable;

/**
 * The sockets of Tomcat that wait for a request, and since when. Tomcat notes reads and
 * writes by the wall clock, which may jump: what it notes only tells whether a socket was
 * used between two looks.
 */
final class QuietSockets {

	private final Ticker ticker;

	private volatile Map<NioSocketWrapper, Look> looks = Map.of();

	QuietSockets(Ticker ticker) {
		this.ticker = ticker;
	}

	/**
	 * Notes what is to be noted of open sockets: quiet is what was quiet between looks.
	 * @param open every open socket
	 */
	void look(List<NioSocketWrapper> open) {
		Map<NioSocketWrapper, Look> before = this.looks;
		Map<NioSocketWrapper, Look> now = new HashMap<>();
		long nanos = this.ticker.nanos();
		open.forEach((socket) -> now.put(socket, Look.at(socket, before.get(socket), nanos)));
		this.looks = now;
	}

	/**
	 * Closes sockets that wait for a request.
	 * @param open every open socket
	 * @param quiet how long a socket must have been quiet
	 * @return how many were closed
	 */
	int close(List<NioSocketWrapper> open, Duration quiet) {
		look(open);
		Map<NioSocketWrapper, Look> current = this.looks;
		long nanos = this.ticker.nanos();
		int closed = 0;
		for (NioSocketWrapper socket : open) {
			Look look = current.get(socket);
			if (look != null && nanos - look.sinceNanos() >= quiet.toNanos() && closeUnused(socket, look)) {
				closed++;
			}
		}
		return closed;
	}

	// a worker that takes the socket for a request waits for the lock, and then finds it
	// closed
	private static boolean closeUnused(NioSocketWrapper socket, Look look) {
		if (!socket.getLock().tryLock()) {
			return false;
		}
		try {
			if (!waitsForRequest(socket) || look.isOutdated(socket)) {
				return false;
			}
			socket.close();
			return true;
		}
		finally {
			socket.getLock().unlock();
		}
	}

	// HTTP/2, WebSocket, asynchronous requests, files on their way out and requests whose
	// header is not complete have a processor
	private static boolean waitsForRequest(NioSocketWrapper socket) {
		SocketChannel channel = socket.getSocket().getIOChannel();
		return channel != null && !socket.isClosed() && socket.getCurrentProcessor() == null
				&& socket.interestOpsHas(SelectionKey.OP_READ) && socket.getSocket().isHandshakeComplete()
				&& ArrivedBytes.none(channel);
	}

	/**
	 * What was seen of a socket.
	 *
	 * @param lastRead Tomcat's note of the last read
	 * @param lastWrite Tomcat's note of the last write
	 * @param sinceNanos when these notes were first seen
	 */
	private record Look(long lastRead, long lastWrite, long sinceNanos) {

		static Look at(NioSocketWrapper socket, @Nullable Look before, long nanos) {
			if (before != null && !before.isOutdated(socket)) {
				return before;
			}
			return new Look(socket.getLastRead(), socket.getLastWrite(), nanos);
		}

		boolean isOutdated(NioSocketWrapper socket) {
			return this.lastRead != socket.getLastRead() || this.lastWrite != socket.getLastWrite();
		}

	}

}
