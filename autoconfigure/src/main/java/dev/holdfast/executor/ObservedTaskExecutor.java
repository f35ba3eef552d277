/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.TaskRejectedException;

/**
 * Boot's task executor with virtual threads. It starts one per task and has no bound
 * unless the application sets one; what runs is counted.
 */
@SuppressWarnings({ "serial", "deprecation" })
final class ObservedTaskExecutor extends SimpleAsyncTaskExecutor {

	private final transient HandOver handOver;

	private final transient Refusals refusals;

	private final transient TaskCounts counts;

	ObservedTaskExecutor(HandOver handOver, Refusals refusals, TaskCounts counts) {
		this.handOver = handOver;
		this.refusals = refusals;
		this.counts = counts;
		if (handOver.touchesTasks()) {
			super.setTaskDecorator((task) -> handOver.take(task, task));
		}
	}

	@Override
	public void setTaskDecorator(TaskDecorator taskDecorator) {
		super.setTaskDecorator((task) -> this.handOver.take(task, taskDecorator.decorate(task)));
	}

	@Override
	public void execute(Runnable task, long startTimeout) {
		try {
			super.execute(task, startTimeout);
		}
		catch (TaskRejectedException ex) {
			// closed, or no thread could be started: not for us to explain
			if (!isActive() || ex.getCause() != null) {
				throw ex;
			}
			throw this.refusals.refuse("The task executor is full: " + getConcurrencyLimit() + " tasks are running ("
					+ ExecutorDefaults.LIMIT_KEY + ")");
		}
	}

	@Override
	public Future<?> submit(Runnable task) {
		FutureTask<?> future = AnsweredTask.of(task);
		execute(future, TIMEOUT_INDEFINITE);
		return future;
	}

	@Override
	protected void doExecute(Runnable task) {
		this.counts.start();
		boolean started = false;
		try {
			super.doExecute(() -> run(task));
			started = true;
		}
		finally {
			if (!started) {
				this.counts.finish();
			}
		}
	}

	private void run(Runnable task) {
		try {
			task.run();
		}
		finally {
			this.counts.finish();
		}
	}

}
