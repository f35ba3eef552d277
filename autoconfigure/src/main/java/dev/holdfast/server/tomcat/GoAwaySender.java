/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.tomcat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import org.apache.coyote.Processor;
import org.apache.coyote.UpgradeProtocol;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.jspecify.annotations.Nullable;

/**
 * Has Tomcat send GOAWAY to its HTTP/2 connections, what it does itself only when it no
 * longer accepts connections. A connection is told once, however often it is asked for.
 * One that has come since the last time is spared until the next: what its client was
 * told to send elsewhere, and sends here, would be told so again before it has left.
 */
final class GoAwaySender {

	private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final AtomicBoolean sending = new AtomicBoolean();

	// open at the last call, null before the first
	private volatile @Nullable Set<NioSocketWrapper> known;

	/**
	 * Lets later connections still answer a stream that was on its way when GOAWAY was
	 * sent. Tomcat gives no time for it unless told to.
	 * @param protocol the protocol of a connector
	 */
	static void allowLateStreams(AbstractHttp11Protocol<?> protocol) {
		for (UpgradeProtocol upgrade : protocol.findUpgradeProtocols()) {
			if (upgrade instanceof Http2Protocol http2 && http2.getDrainTimeout() == 0) {
				http2.setDrainTimeout(GRACE_NANOS);
			}
		}
	}

	/**
	 * Sends on a thread of its own: Tomcat waits up to 5 seconds for each connection
	 * whose client does not read, and a busy pool has no thread to spare.
	 * @param protocols protocols of the connectors
	 * @param announced whether it still holds, asked before each
	 */
	void send(List<AbstractHttp11Protocol<?>> protocols, Predicate<AbstractHttp11Protocol<?>> announced) {
		List<AbstractHttp11Protocol<?>> http2 = protocols.stream().filter(GoAwaySender::speaksHttp2).toList();
		if (http2.isEmpty() || !this.sending.compareAndSet(false, true)) {
			return;
		}
		Set<NioSocketWrapper> open = http2.stream()
			.flatMap((protocol) -> sockets(protocol).stream())
			.collect(Collectors.toSet());
		Set<NioSocketWrapper> before = this.known;
		Set<NioSocketWrapper> told = (before != null) ? before : open;
		this.known = open;
		Thread thread = new Thread(() -> {
			try {
				http2.stream().filter(announced).forEach((protocol) -> tell(protocol, told));
			}
			finally {
				this.sending.set(false);
			}
		}, "holdfast-goaway");
		thread.setDaemon(true);
		thread.start();
	}

	/**
	 * Forgets who has been told: the next call is a first one.
	 */
	void forget() {
		this.known = null;
	}

	// whatever else a connection is processed by takes no notice
	private static void tell(AbstractHttp11Protocol<?> protocol, Set<NioSocketWrapper> told) {
		if (!(protocol instanceof WatchedHttp11NioProtocol)) {
			protocol.getHandler().pause();
			return;
		}
		for (NioSocketWrapper socket : sockets(protocol)) {
			if (told.contains(socket) && socket.getCurrentProcessor() instanceof Processor processor) {
				processor.pause();
			}
		}
	}

	private static List<NioSocketWrapper> sockets(AbstractHttp11Protocol<?> protocol) {
		return (protocol instanceof WatchedHttp11NioProtocol watched) ? watched.sockets() : List.of();
	}

	private static boolean speaksHttp2(AbstractHttp11Protocol<?> protocol) {
		return Arrays.stream(protocol.findUpgradeProtocols()).anyMatch(Http2Protocol.class::isInstance);
	}

}
