/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.concurrent.Callable;

import dev.holdfast.lifetime.EndReason;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.LifetimeEndedException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.CallableProcessingInterceptor;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.DeferredResultProcessingInterceptor;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Answers for Spring MVC once a lifetime has ended. It comes first: whatever exception
 * the end has caused, an application's catch-all must not make its own error of it.
 * Results that nobody works out on the request's thread are ended as well.
 */
final class EndedRequests implements HandlerExceptionResolver, Ordered, WebMvcConfigurer {

	private static final String REGISTRATION = EndedRequests.class.getName() + ".registration";

	private final EndedAnswer answer;

	EndedRequests(EndedAnswer answer) {
		this.answer = answer;
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	@Override
	public @Nullable ModelAndView resolveException(HttpServletRequest request, HttpServletResponse response,
			@Nullable Object handler, Exception ex) {
		AdmittedRequest admitted = AdmittedRequest.of(request);
		return (admitted != null && this.answer.send(admitted, response)) ? new ModelAndView() : null;
	}

	@Override
	public void configureAsyncSupport(AsyncSupportConfigurer configurer) {
		configurer.registerDeferredResultInterceptors(new DeferredResults());
		configurer.registerCallableInterceptors(new Callables());
	}

	private static @Nullable Lifetime lifetime(NativeWebRequest request) {
		HttpServletRequest servletRequest = request.getNativeRequest(HttpServletRequest.class);
		AdmittedRequest admitted = (servletRequest != null) ? AdmittedRequest.of(servletRequest) : null;
		return (admitted != null) ? admitted.lifetime() : null;
	}

	/**
	 * A result that comes from anywhere: the request goes on with the end in its place.
	 */
	private static final class DeferredResults implements DeferredResultProcessingInterceptor {

		@Override
		public <T> void preProcess(NativeWebRequest request, DeferredResult<T> deferredResult) {
			Lifetime lifetime = lifetime(request);
			if (lifetime != null) {
				lifetime.onEnd((reason) -> deferredResult.setErrorResult(new LifetimeEndedException(reason)));
			}
		}

	}

	/**
	 * A result that a thread works out: that thread is interrupted, as that of a request
	 * is.
	 */
	private static final class Callables implements CallableProcessingInterceptor {

		@Override
		public <T> void preProcess(NativeWebRequest request, Callable<T> task) {
			Lifetime lifetime = lifetime(request);
			if (lifetime != null) {
				Thread worker = Thread.currentThread();
				request.setAttribute(REGISTRATION, lifetime.onEnd((reason) -> interrupt(reason, worker)),
						NativeWebRequest.SCOPE_REQUEST);
			}
		}

		private static void interrupt(EndReason reason, Thread worker) {
			if (reason == EndReason.SHUTDOWN) {
				worker.interrupt();
			}
		}

		@Override
		public <T> void postProcess(NativeWebRequest request, Callable<T> task, @Nullable Object result) {
			if (request.getAttribute(REGISTRATION,
					NativeWebRequest.SCOPE_REQUEST) instanceof Lifetime.Registration registration) {
				registration.close();
			}
		}

	}

}
