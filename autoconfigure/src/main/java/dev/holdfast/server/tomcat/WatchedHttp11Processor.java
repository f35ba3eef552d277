/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.tomcat;

import java.io.IOException;
import java.nio.channels.SocketChannel;

import dev.holdfast.server.CurrentWire;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's own processor, which also tells its requests the connection that it works for.
 */
final class WatchedHttp11Processor extends Http11Processor {

	private final WiringAdapter wiring;

	private WatchedHttp11Processor(AbstractHttp11Protocol<?> protocol, WiringAdapter wiring) {
		super(protocol, wiring);
		this.wiring = wiring;
	}

	static WatchedHttp11Processor of(AbstractHttp11Protocol<?> protocol) {
		return new WatchedHttp11Processor(protocol, new WiringAdapter(protocol.getAdapter()));
	}

	@Override
	public SocketState service(SocketWrapperBase<?> socket) throws IOException {
		SocketWire wire = wire(socket);
		this.wiring.connect(wire);
		CurrentWire.set(wire);
		try {
			return super.service(socket);
		}
		finally {
			CurrentWire.set(null);
			this.wiring.connect(null);
		}
	}

	// the channel is taken now, while the socket is ours: Tomcat uses what lies between
	// the two again for the next connection
	private @Nullable SocketWire wire(SocketWrapperBase<?> socket) {
		if (!(socket.getSocket() instanceof NioChannel channel)) {
			return null;
		}
		SocketChannel network = channel.getIOChannel();
		return (network != null) ? new SocketWire(network, socket, this.request) : null;
	}

}
