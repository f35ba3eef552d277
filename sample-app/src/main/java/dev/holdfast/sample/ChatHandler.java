/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;
import org.springframework.web.socket.handler.SessionLimitExceededException;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/**
 * The room in which everybody hears everybody, oneself included. Who does not keep up is
 * sent away, so that nobody waits for the slowest.
 */
@Component
final class ChatHandler extends TextWebSocketHandler {

	private static final int SEND_TIME_LIMIT_MILLIS = 5_000;

	private static final int BUFFER_SIZE_LIMIT = 64 * 1024;

	private final Map<String, WebSocketSession> sessions = new ConcurrentHashMap<>();

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		this.sessions.put(session.getId(),
				new ConcurrentWebSocketSessionDecorator(session, SEND_TIME_LIMIT_MILLIS, BUFFER_SIZE_LIMIT));
	}

	@Override
	protected void handleTextMessage(WebSocketSession session, TextMessage message) {
		this.sessions.values().forEach((listener) -> send(listener, message));
	}

	private void send(WebSocketSession listener, TextMessage message) {
		try {
			listener.sendMessage(message);
		}
		catch (SessionLimitExceededException ex) {
			this.sessions.remove(listener.getId());
			close(listener, ex.getStatus());
		}
		catch (IOException | IllegalStateException ex) {
			// it is leaving, and its end is on the way
			this.sessions.remove(listener.getId());
		}
	}

	private static void close(WebSocketSession listener, CloseStatus status) {
		try {
			listener.close(status);
		}
		catch (IOException ex) {
			// it has left
		}
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		this.sessions.remove(session.getId());
	}

	/**
	 * How many listen.
	 */
	int open() {
		return this.sessions.size();
	}

}
