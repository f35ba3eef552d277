/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.jetty;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * Keeps the chunked coding of a response whose length is not known. On the last response
 * of a connection Jetty leaves it out and closes instead: a body that is cut off would
 * look complete. The handshake of a WebSocket is never the last: told so, strict clients
 * refuse the answer.
 */
final class LastResponseChunking implements HttpConfiguration.Customizer {

	@Override
	public Request customize(Request request, HttpFields.Mutable responseHeaders) {
		ConnectionMetaData connection = request.getConnectionMetaData();
		if (connection.getHttpVersion() == HttpVersion.HTTP_1_1 && !connection.isPersistent()) {
			if (connection.getConnection() instanceof HttpConnection http
					&& request.getHeaders().contains(HttpHeader.UPGRADE, "websocket")) {
				http.getGenerator().setPersistent(true);
			}
			else {
				request.addHttpStreamWrapper(Chunked::new);
			}
		}
		return request;
	}

	private static final class Chunked extends HttpStream.Wrapper {

		Chunked(HttpStream stream) {
			super(stream);
		}

		// of a response without a body Jetty drops the field again
		@Override
		public void prepareResponse(HttpFields.Mutable headers) {
			super.prepareResponse(headers);
			if (!headers.contains(HttpHeader.CONTENT_LENGTH) && !headers.contains(HttpHeader.TRANSFER_ENCODING)) {
				headers.put(HttpHeader.TRANSFER_ENCODING, HttpHeaderValue.CHUNKED);
			}
		}

	}

}
