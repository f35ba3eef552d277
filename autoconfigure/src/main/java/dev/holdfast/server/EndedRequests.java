/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.concurrent.Callable;

import dev.holdfast.inflight.ResultWork;
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
		AdmittedRequest admitted = AdmittedRequest.current();
		return (admitted != null && this.answer.send(admitted, response)) ? new ModelAndView() : null;
	}

	@Override
	public void configureAsyncSupport(AsyncSupportConfigurer configurer) {
		configurer.registerDeferredResultInterceptors(new DeferredResults());
		configurer.registerCallableInterceptors(new Callables());
	}

	/**
	 * A result that comes from anywhere: the request goes on with the end in its place.
	 */
	private static final class DeferredResults implements DeferredResultProcessingInterceptor {

		@Override
		public <T> void preProcess(NativeWebRequest request, DeferredResult<T> deferredResult) {
			AdmittedRequest admitted = AdmittedRequest.current();
			if (admitted != null) {
				admitted.lifetime()
					.onEnd((reason) -> deferredResult.setErrorResult(new LifetimeEndedException(reason)));
			}
		}

	}

	/**
	 * A result that a thread works out: that thread is interrupted as that of a request
	 * is, and whenever the service stops.
	 */
	private static final class Callables implements CallableProcessingInterceptor {

		private static final String HANDED = Callables.class.getName() + ".handed";

		// of the worker: the request may be gone by the time the worker comes back
		private static final ThreadLocal<@Nullable Work> WORK = new ThreadLocal<>();

		@Override
		public <T> void beforeConcurrentHandling(NativeWebRequest request, Callable<T> task) {
			AdmittedRequest admitted = AdmittedRequest.current();
			if (admitted != null) {
				request.setAttribute(HANDED, new Handed(task, admitted), NativeWebRequest.SCOPE_REQUEST);
			}
		}

		// Before anybody looks whether the request has ended: one that ends from now on
		// finds the worker.
		@Override
		public <T> void preProcess(NativeWebRequest request, Callable<T> task) {
			AdmittedRequest admitted = handed(request, task);
			if (admitted != null) {
				ResultWork work = admitted.beginResult();
				WORK.set(new Work(work, admitted.lifetime().onEnd((reason) -> interrupt(reason, work))));
			}
		}

		private static @Nullable AdmittedRequest handed(NativeWebRequest request, Callable<?> task) {
			try {
				// the container uses its requests again: this one may be another's
				return (request.getAttribute(HANDED, NativeWebRequest.SCOPE_REQUEST) instanceof Handed handed
						&& handed.task() == task) ? handed.admitted() : null;
			}
			catch (IllegalStateException ex) {
				// over before its turn
				return null;
			}
		}

		private static void interrupt(EndReason reason, ResultWork work) {
			if (reason == EndReason.SHUTDOWN) {
				work.interrupt();
			}
		}

		@Override
		public <T> void postProcess(NativeWebRequest request, Callable<T> task, @Nullable Object result) {
			Work work = WORK.get();
			if (work != null) {
				WORK.remove();
				work.end();
			}
		}

	}

	/**
	 * What goes from the thread of a request to the one that works out its result.
	 *
	 * @param task what is called
	 * @param admitted the request
	 */
	private record Handed(Callable<?> task, AdmittedRequest admitted) {
	}

	/**
	 * What a worker ends with its work.
	 *
	 * @param result the work
	 * @param registration for the stop of the service
	 */
	private record Work(ResultWork result, Lifetime.Registration registration) {

		void end() {
			this.registration.close();
			this.result.end();
		}

	}

}
