/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.context.request.async.WebAsyncManager;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * Which requests of Spring MVC, once they have left their thread, stream: their first
 * byte comes when there is something to say. What is not known to be a single result
 * counts as a stream.
 */
final class StreamingHandlers implements Predicate<HttpServletRequest> {

	private final Map<Method, Boolean> known = new ConcurrentHashMap<>();

	@Override
	public boolean test(HttpServletRequest request) {
		if (!(request.getAttribute(WebAsyncUtils.WEB_ASYNC_MANAGER_ATTRIBUTE) instanceof WebAsyncManager manager)
				|| !manager.isConcurrentHandlingStarted()) {
			// the application does it by hand
			return true;
		}
		String accepted = request.getHeader(HttpHeaders.ACCEPT);
		if (accepted != null && accepted.contains(MediaType.TEXT_EVENT_STREAM_VALUE)) {
			return true;
		}
		return !(request.getAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE) instanceof HandlerMethod handler)
				|| this.known.computeIfAbsent(handler.getMethod(), (method) -> streams(handler));
	}

	private static boolean streams(HandlerMethod handler) {
		ResolvableType type = ResolvableType.forMethodReturnType(handler.getMethod(), handler.getBeanType());
		Class<?> body = (HttpEntity.class.isAssignableFrom(type.toClass()) ? type.as(HttpEntity.class).getGeneric(0)
				: type)
			.toClass();
		if (body == Object.class || ResponseBodyEmitter.class.isAssignableFrom(body)
				|| StreamingResponseBody.class.isAssignableFrom(body)) {
			return true;
		}
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(body);
		return adapter != null && adapter.isMultiValue();
	}

}
