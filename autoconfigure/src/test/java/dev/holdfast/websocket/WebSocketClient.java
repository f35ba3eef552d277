/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.websocket;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * A client that knows a proper end from a connection that was cut.
 */
public final class WebSocketClient implements WebSocket.Listener {

	private static final int PATIENCE_SECONDS = 20;

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

	private final CompletableFuture<End> end = new CompletableFuture<>();

	@SuppressWarnings("NullAway.Init")
	private WebSocket socket;

	private WebSocketClient() {
	}

	public static WebSocketClient open(int port, String path) {
		WebSocketClient client = new WebSocketClient();
		client.socket = CLIENT.newWebSocketBuilder()
			.buildAsync(URI.create("ws://127.0.0.1:" + port + path), client)
			.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
			.join();
		return client;
	}

	public void send(String text) {
		this.socket.sendText(text, true).join();
	}

	public String receive() throws InterruptedException {
		String message = this.messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
		return (message != null) ? message : "nothing";
	}

	boolean isOpen() {
		return !this.end.isDone();
	}

	/**
	 * Waits for the end.
	 * @return how it ended
	 */
	End end() {
		return this.end.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
	}

	public void abort() {
		this.socket.abort();
	}

	@Override
	public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
		this.messages.add(data.toString());
		webSocket.request(1);
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
		this.end.complete(new End(statusCode, System.nanoTime()));
		return null;
	}

	@Override
	public void onError(WebSocket webSocket, Throwable error) {
		this.end.complete(new End(End.CUT, System.nanoTime()));
	}

	/**
	 * The end of a session.
	 *
	 * @param status what the server said, or {@link #CUT} if it said nothing
	 * @param nanos when, as a reading of {@link System#nanoTime()}
	 */
	record End(int status, long nanos) {

		static final int CUT = 1006;

		static final int GOING_AWAY = 1001;

	}

}
