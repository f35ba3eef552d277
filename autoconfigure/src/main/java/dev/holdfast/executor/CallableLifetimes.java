/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.time.Duration;
import java.util.concurrent.Callable;

import dev.holdfast.lifetime.CurrentLifetime;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.Ticker;
import org.jspecify.annotations.Nullable;

import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.CallableProcessingInterceptor;
import org.springframework.web.servlet.config.annotation.AsyncSupportConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Carries the lifetime of a request to the thread that works out its {@link Callable},
 * whichever executor that belongs to: it is the same request, only on another thread. One
 * whose turn comes too late is not called, and the request is answered at once.
 */
final class CallableLifetimes implements CallableProcessingInterceptor, WebMvcConfigurer {

	private static final String HANDED = CallableLifetimes.class.getName() + ".handed";

	// of the worker: the request may be gone by the time the worker comes back
	private static final ThreadLocal<@Nullable Lifetime> BEFORE = new ThreadLocal<>();

	private final Duration maxAge;

	private final Ticker ticker;

	private final TaskCounts counts;

	CallableLifetimes(Duration maxAge, Ticker ticker, TaskCounts counts) {
		this.maxAge = maxAge;
		this.ticker = ticker;
		this.counts = counts;
	}

	@Override
	public void configureAsyncSupport(AsyncSupportConfigurer configurer) {
		configurer.registerCallableInterceptors(this);
	}

	@Override
	public <T> void beforeConcurrentHandling(NativeWebRequest request, Callable<T> task) {
		request.setAttribute(HANDED, new Handed(task, Lifetime.current(), this.ticker.nanos()),
				NativeWebRequest.SCOPE_REQUEST);
	}

	@Override
	public <T> void preProcess(NativeWebRequest request, Callable<T> task) {
		Handed handed = handed(request, task);
		if (handed == null) {
			return;
		}
		long maxAgeNanos = this.maxAge.toNanos();
		if (maxAgeNanos > 0 && this.ticker.nanos() - handed.sinceNanos() > maxAgeNanos) {
			this.counts.late(LateReason.AGE);
			throw new RefusedTaskException("The request waited for a thread longer than "
					+ ExecutorValidation.MAX_QUEUE_AGE_KEY + " (" + this.maxAge.toMillis() + " ms)");
		}
		if (handed.lifetime().endReason() != null) {
			this.counts.late(LateReason.ENDED);
			handed.lifetime().throwIfEnded();
		}
		BEFORE.set(CurrentLifetime.replace(handed.lifetime()));
	}

	private static @Nullable Handed handed(NativeWebRequest request, Callable<?> task) {
		try {
			// the container uses its requests again: this one may be another's already
			return (request.getAttribute(HANDED, NativeWebRequest.SCOPE_REQUEST) instanceof Handed handed
					&& handed.task() == task) ? handed : null;
		}
		catch (IllegalStateException ex) {
			// over before its turn
			return null;
		}
	}

	@Override
	public <T> void postProcess(NativeWebRequest request, Callable<T> task, @Nullable Object concurrentResult) {
		Lifetime before = BEFORE.get();
		if (before != null) {
			BEFORE.remove();
			CurrentLifetime.restore(before);
		}
	}

	/**
	 * What goes from one thread to the other.
	 *
	 * @param task what is called
	 * @param lifetime lifetime of the request
	 * @param sinceNanos when it was handed over
	 */
	private record Handed(Callable<?> task, Lifetime lifetime, long sinceNanos) {
	}

}
