/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.util.concurrent.FutureTask;

import org.jspecify.annotations.Nullable;

/**
 * A task of Spring MVC that answers a request. It is never cancelled before its turn:
 * nobody would answer then until the container's time for it is over. It finds out itself
 * that it is late, see {@link CallableLifetimes}.
 */
final class AnsweredTask extends FutureTask<@Nullable Object> {

	private static final String MVC = "org.springframework.web.context.request.async.";

	private AnsweredTask(Runnable task) {
		super(task, null);
	}

	/**
	 * The future of a task.
	 * @param task the task
	 * @return its future, not yet handed over
	 */
	static FutureTask<?> of(Runnable task) {
		return task.getClass().getName().startsWith(MVC) ? new AnsweredTask(task) : new FutureTask<>(task, null);
	}

}
