/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.websocket;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.InstantiationAwareBeanPostProcessor;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.server.support.WebSocketHttpRequestHandler;
import org.springframework.web.socket.sockjs.support.SockJsHttpRequestHandler;

/**
 * Puts {@link TrackingHandler} around what Spring's endpoints hand their sessions to:
 * plain handlers, STOMP and SockJS, registered by a configurer, in a mapping of the
 * application's own, or as beans. Whatever else is configured of an endpoint stays as it
 * is. A class of the application's own, derived from one of Spring's two, is left alone.
 */
final class WebSocketPostProcessor implements InstantiationAwareBeanPostProcessor {

	private final ObjectProvider<WebSocketDrain> drain;

	WebSocketPostProcessor(ObjectProvider<WebSocketDrain> drain) {
		this.drain = drain;
	}

	// here, not after initialization: by then the mapping has made its own table of them
	@Override
	public boolean postProcessAfterInstantiation(Object bean, String beanName) {
		if (bean instanceof SimpleUrlHandlerMapping mapping) {
			Map<String, Object> replaced = new LinkedHashMap<>();
			mapping.getUrlMap().forEach((path, handler) -> {
				Object tracked = tracked(handler);
				if (tracked != handler) {
					replaced.put(path, tracked);
				}
			});
			mapping.setUrlMap(replaced);
		}
		return true;
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		return tracked(bean);
	}

	private Object tracked(Object handler) {
		if (handler.getClass() == WebSocketHttpRequestHandler.class) {
			return tracked((WebSocketHttpRequestHandler) handler);
		}
		if (handler.getClass() == SockJsHttpRequestHandler.class) {
			return tracked((SockJsHttpRequestHandler) handler);
		}
		return handler;
	}

	private Object tracked(WebSocketHttpRequestHandler plain) {
		WebSocketHttpRequestHandler tracked = new TrackedEndpoint(tracking(plain.getWebSocketHandler()),
				plain.getHandshakeHandler());
		tracked.setHandshakeInterceptors(plain.getHandshakeInterceptors());
		return tracked;
	}

	private Object tracked(SockJsHttpRequestHandler plain) {
		WebSocketHandler handler = plain.getWebSocketHandler();
		return isTracked(handler) ? plain : new SockJsHttpRequestHandler(plain.getSockJsService(), tracking(handler));
	}

	private static boolean isTracked(WebSocketHandler handler) {
		WebSocketHandler next = handler;
		while (next instanceof WebSocketHandlerDecorator decorator) {
			if (next instanceof TrackingHandler) {
				return true;
			}
			next = decorator.getDelegate();
		}
		return false;
	}

	private TrackingHandler tracking(WebSocketHandler handler) {
		return new TrackingHandler(handler, this.drain.getObject());
	}

	private static final class TrackedEndpoint extends WebSocketHttpRequestHandler {

		TrackedEndpoint(TrackingHandler handler, HandshakeHandler handshakeHandler) {
			super(handler, handshakeHandler);
		}

		// Spring's own decorators are there already, further inside
		@Override
		protected WebSocketHandler decorate(WebSocketHandler handler) {
			return handler;
		}

	}

}
