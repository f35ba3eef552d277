/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
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
 * and a new one as soon as the server has told it to go away. The client alone goes on
 * handing out the old one, and fails what it sends there, until the last answer on it is
 * complete; so it is given up with its client.
 */
final class Http2Caller implements Caller {

	private final Map<Integer, CloseableHttpAsyncClient> clients = new ConcurrentHashMap<>();

	private final Queue<CloseableHttpAsyncClient> leaving = new ConcurrentLinkedQueue<>();

	@Override
	public int get(int port, String path, Duration timeout) throws IOException, InterruptedException {
		CloseableHttpAsyncClient client = this.clients.computeIfAbsent(port, (instance) -> start());
		try {
			return send(client, port, path, timeout);
		}
		catch (IOException ex) {
			if (!isUnprocessed(ex)) {
				throw ex;
			}
			return send(successor(port, client), port, path, timeout);
		}
	}

	private static CloseableHttpAsyncClient start() {
		CloseableHttpAsyncClient client = HttpAsyncClients.customHttp2().disableAutomaticRetries().build();
		client.start();
		return client;
	}

	// what is under way on the old connection comes to its end
	private CloseableHttpAsyncClient successor(int port, CloseableHttpAsyncClient old) {
		return Objects.requireNonNull(this.clients.compute(port, (instance, current) -> {
			if (current != old) {
				return current;
			}
			this.leaving.add(old);
			return start();
		}));
	}

	private static int send(CloseableHttpAsyncClient client, int port, String path, Duration timeout)
			throws IOException, InterruptedException {
		SimpleHttpRequest request = SimpleRequestBuilder.get("http://127.0.0.1:" + port + path).build();
		Future<SimpleHttpResponse> response = client.execute(request, null);
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
		this.clients.values().forEach((client) -> client.close(CloseMode.IMMEDIATE));
		this.leaving.forEach((client) -> client.close(CloseMode.IMMEDIATE));
	}

}
