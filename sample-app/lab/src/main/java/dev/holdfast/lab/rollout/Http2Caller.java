/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http2.H2Error;
import org.apache.hc.core5.http2.H2StreamResetException;
import org.apache.hc.core5.io.CloseMode;

/**
 * Apache HttpClient with HTTP/2: one connection to each instance, which begins with it,
 * and a new one as soon as the server has told it to go away.
 */
final class Http2Caller implements Caller {

	private final CloseableHttpAsyncClient client;

	Http2Caller() {
		this.client = HttpAsyncClients.customHttp2().disableAutomaticRetries().build();
		this.client.start();
	}

	@Override
	public int get(int port, String path, Duration timeout) throws IOException, InterruptedException {
		try {
			return send(port, path, timeout);
		}
		catch (IOException ex) {
			if (!isUnprocessed(ex)) {
				throw ex;
			}
			return send(port, path, timeout);
		}
	}

	private int send(int port, String path, Duration timeout) throws IOException, InterruptedException {
		SimpleHttpRequest request = SimpleRequestBuilder.get("http://127.0.0.1:" + port + path).build();
		Future<SimpleHttpResponse> response = this.client.execute(request, null);
		try {
			return response.get(timeout.toMillis(), TimeUnit.MILLISECONDS).getCode();
		}
		catch (TimeoutException ex) {
			response.cancel(true);
			throw new InterruptedIOException("No answer within " + timeout);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof IOException cause) ? cause : new IOException(ex.getCause());
		}
	}

	/**
	 * Whether the request had no answer and may go once more: it was on a connection that
	 * the server has closed or told to end.
	 * @param ex what happened
	 * @return {@code true} if no byte of an answer was seen
	 */
	private static boolean isUnprocessed(IOException ex) {
		// also RequestNotExecutedException; a response that had begun fails otherwise
		return ex instanceof ConnectionClosedException
				|| (ex instanceof H2StreamResetException reset && reset.getCode() == H2Error.REFUSED_STREAM.getCode());
	}

	@Override
	public void close() {
		this.client.close(CloseMode.IMMEDIATE);
	}

}
