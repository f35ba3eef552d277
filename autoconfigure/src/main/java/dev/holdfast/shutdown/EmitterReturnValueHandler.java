/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Around Spring's handler of emitters, to see which event streams are opened: Spring
 * keeps no list of them.
 *
 * <p>
 * Only streams whose client connects again by itself may be closed early: those that
 * answer a {@code GET}, as every {@code EventSource} sends it. An event stream in answer
 * to a {@code POST} is the answer of a language model or of a job: half of it is of no
 * use. The same is true of a download.
 */
final class EmitterReturnValueHandler implements HandlerMethodReturnValueHandler {

	private final HandlerMethodReturnValueHandler delegate;

	private final EmitterDrain drain;

	EmitterReturnValueHandler(HandlerMethodReturnValueHandler delegate, EmitterDrain drain) {
		this.delegate = delegate;
		this.drain = drain;
	}

	@Override
	public boolean supportsReturnType(MethodParameter returnType) {
		return this.delegate.supportsReturnType(returnType);
	}

	@Override
	public void handleReturnValue(@Nullable Object returnValue, MethodParameter returnType,
			ModelAndViewContainer mavContainer, NativeWebRequest webRequest) throws Exception {
		ResponseBodyEmitter emitter = eventStream(returnValue, webRequest);
		EmitterStream stream = (emitter != null) ? this.drain.opening(emitter) : null;
		this.delegate.handleReturnValue(returnValue, returnType, mavContainer, webRequest);
		// an emitter that was completed before it was returned calls nobody back
		if (stream != null && !WebAsyncUtils.getAsyncManager(webRequest).hasConcurrentResult()) {
			this.drain.opened(stream);
		}
	}

	private static @Nullable ResponseBodyEmitter eventStream(@Nullable Object returnValue,
			NativeWebRequest webRequest) {
		ResponseEntity<?> entity = (returnValue instanceof ResponseEntity<?> wrapped) ? wrapped : null;
		Object body = (entity != null) ? entity.getBody() : returnValue;
		HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
		if (!(body instanceof ResponseBodyEmitter emitter) || request == null || !"GET".equals(request.getMethod())) {
			return null;
		}
		return (emitter instanceof SseEmitter || isEventStream(entity, webRequest)) ? emitter : null;
	}

	private static boolean isEventStream(@Nullable ResponseEntity<?> entity, NativeWebRequest webRequest) {
		MediaType chosen = (entity != null) ? entity.getHeaders().getContentType() : null;
		if (chosen != null) {
			return chosen.equalsTypeAndSubtype(MediaType.TEXT_EVENT_STREAM);
		}
		HttpServletResponse response = webRequest.getNativeResponse(HttpServletResponse.class);
		String type = (response != null) ? response.getContentType() : null;
		return type != null && type.regionMatches(true, 0, MediaType.TEXT_EVENT_STREAM_VALUE, 0,
				MediaType.TEXT_EVENT_STREAM_VALUE.length());
	}

}
