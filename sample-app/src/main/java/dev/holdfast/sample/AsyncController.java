/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.MediaType;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * The route that waits without a thread: one timer thread completes them all.
 */
@RestController
class AsyncController implements DisposableBean {

	/** Later than the latest answer: the container must never be the one to give up. */
	private static final long TIMEOUT_MILLIS = Millis.MAX + 30_000;

	/** Whatever else ends a request was not worked out here. */
	private static final String DONE = "done";

	private final Outcomes outcomes;

	private final ScheduledThreadPoolExecutor timer;

	AsyncController(Outcomes outcomes) {
		this.outcomes = outcomes;
		this.timer = new ScheduledThreadPoolExecutor(1, new CustomizableThreadFactory("demo-async-"));
		this.timer.setRemoveOnCancelPolicy(true);
	}

	@GetMapping(path = "/demo/async", produces = MediaType.TEXT_PLAIN_VALUE)
	DeferredResult<String> async(@RequestParam Millis ms) {
		OutcomeCounter.Run run = this.outcomes.start(DemoRoute.ASYNC);
		DeferredResult<String> result = new DeferredResult<>(TIMEOUT_MILLIS);
		Future<?> answer = this.timer.schedule(() -> {
			if (result.setResult(DONE)) {
				run.completed();
			}
		}, ms.value(), TimeUnit.MILLISECONDS);
		result.onTimeout(run::cancelled);
		result.onError((ex) -> run.cancelled());
		result.onCompletion(() -> {
			answer.cancel(false);
			// the response may be complete before the timer thread gets to count it
			if (!DONE.equals(result.getResult())) {
				run.cancelled();
			}
		});
		return result;
	}

	@Override
	public void destroy() {
		this.timer.shutdownNow();
	}

}
