/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.lang.reflect.Method;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.ClassUtils;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.StandardServletAsyncWebRequest;
import org.springframework.web.context.request.async.WebAsyncManager;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("C3")
class StreamingHandlersTests {

	private final StreamingHandlers streaming = new StreamingHandlers();

	@ParameterizedTest
	@ValueSource(strings = { "events", "emitter", "body", "eventsOfEntity", "bodyOfEntity", "anything", "wildcard" })
	void whatMayStreamHasNoDeadline(String handler) throws Exception {
		assertThat(this.streaming.test(request(handler))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "callable", "task", "deferred", "future", "futureOfEntity" })
	void aSingleResultHasOne(String handler) throws Exception {
		assertThat(this.streaming.test(request(handler))).isFalse();
	}

	@Test
	void whoAsksForEventsGetsAStreamOfWhateverTheHandlerReturns() throws Exception {
		MockHttpServletRequest request = request("future");
		request.addHeader(HttpHeaders.ACCEPT, MediaType.TEXT_EVENT_STREAM_VALUE);
		assertThat(this.streaming.test(request)).isTrue();
	}

	@Test
	void asynchronousWorkByHandCountsAsAStream() throws Exception {
		MockHttpServletRequest byHand = new MockHttpServletRequest();
		assertThat(this.streaming.test(byHand)).isTrue();
		MockHttpServletRequest ofNoHandler = request("future");
		ofNoHandler.removeAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE);
		assertThat(this.streaming.test(ofNoHandler)).isTrue();
	}

	private static MockHttpServletRequest request(String handler) throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setAsyncSupported(true);
		Method method = ClassUtils.getMethod(Handlers.class, handler);
		request.setAttribute(HandlerMapping.BEST_MATCHING_HANDLER_ATTRIBUTE, new HandlerMethod(new Handlers(), method));
		WebAsyncManager manager = WebAsyncUtils.getAsyncManager(request);
		manager.setAsyncWebRequest(new StandardServletAsyncWebRequest(request, new MockHttpServletResponse()));
		manager.startDeferredResultProcessing(new DeferredResult<>());
		return request;
	}

	/**
	 * Asynchronous handlers by what they return.
	 */
	public static final class Handlers {

		public SseEmitter events() {
			return new SseEmitter();
		}

		public ResponseBodyEmitter emitter() {
			return new ResponseBodyEmitter();
		}

		public StreamingResponseBody body() {
			return (out) -> out.write(1);
		}

		public ResponseEntity<SseEmitter> eventsOfEntity() {
			return ResponseEntity.ok(events());
		}

		public ResponseEntity<StreamingResponseBody> bodyOfEntity() {
			return ResponseEntity.ok(body());
		}

		public Object anything() {
			return events();
		}

		public ResponseEntity<?> wildcard() {
			return eventsOfEntity();
		}

		public Callable<String> callable() {
			return () -> "";
		}

		public WebAsyncTask<String> task() {
			return new WebAsyncTask<>(callable());
		}

		public DeferredResult<String> deferred() {
			return new DeferredResult<>();
		}

		public CompletableFuture<String> future() {
			return CompletableFuture.completedFuture("");
		}

		public CompletableFuture<ResponseEntity<String>> futureOfEntity() {
			return CompletableFuture.completedFuture(ResponseEntity.ok(""));
		}

	}

}
