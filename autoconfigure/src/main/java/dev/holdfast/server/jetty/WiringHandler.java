/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.jetty;

import java.nio.channels.SocketChannel;

import dev.holdfast.server.Wire;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Tells each request its {@link Wire} before the application sees it.
 */
final class WiringHandler extends Handler.Wrapper {

	@Override
	public boolean handle(Request request, Response response, Callback callback) throws Exception {
		request.setAttribute(Wire.ATTRIBUTE, wire(request));
		return super.handle(request, response, callback);
	}

	private static @Nullable Wire wire(Request request) {
		if (request.getConnectionMetaData().getHttpVersion().getVersion() < HttpVersion.HTTP_2.getVersion()) {
			return connection(request.getConnectionMetaData().getConnection().getEndPoint());
		}
		StreamWire stream = new StreamWire();
		request.addFailureListener(stream::failed);
		return stream;
	}

	private static @Nullable Wire connection(EndPoint endPoint) {
		EndPoint network = endPoint;
		while (network instanceof EndPoint.Wrapper wrapper) {
			network = wrapper.unwrap();
		}
		if (!(network.getTransport() instanceof SocketChannel channel)) {
			return null;
		}
		return (endPoint instanceof AbstractEndPoint written) ? new ConnectionWire(channel, written) : Wire.of(channel);
	}

}
