/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.websocket;

import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;

/**
 * Around everything that handles the sessions of one path: sees each of them begin and
 * end, and changes nothing.
 */
final class TrackingHandler extends WebSocketHandlerDecorator {

	private final WebSocketDrain drain;

	TrackingHandler(WebSocketHandler delegate, WebSocketDrain drain) {
		super(delegate);
		this.drain = drain;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) throws Exception {
		TrackedSession tracked = this.drain.opening(session);
		try {
			super.afterConnectionEstablished(session);
		}
		finally {
			this.drain.opened(tracked);
		}
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus closeStatus) throws Exception {
		try {
			super.afterConnectionClosed(session, closeStatus);
		}
		finally {
			this.drain.ended(session);
		}
	}

}
