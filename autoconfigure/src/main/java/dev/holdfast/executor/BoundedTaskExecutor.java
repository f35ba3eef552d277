/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;

import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Boot's task executor with platform threads, which refuses in words and without a stack
 * trace when it is full. The sizes are those of Boot's builder, and a rejection handler
 * of the application replaces ours.
 */
@SuppressWarnings("serial")
final class BoundedTaskExecutor extends ThreadPoolTaskExecutor {

	private final transient HandOver handOver;

	private final transient Refusals refusals;

	BoundedTaskExecutor(HandOver handOver, Refusals refusals) {
		this.handOver = handOver;
		this.refusals = refusals;
		setRejectedExecutionHandler(this::refuse);
		if (handOver.touchesTasks()) {
			super.setTaskDecorator((task) -> handOver.take(task, task));
		}
	}

	@Override
	public void setTaskDecorator(TaskDecorator taskDecorator) {
		super.setTaskDecorator((task) -> this.handOver.take(task, taskDecorator.decorate(task)));
	}

	@Override
	public void execute(Runnable task) {
		Executor executor = getThreadPoolExecutor();
		try {
			executor.execute(task);
		}
		catch (TaskRejectedException ex) {
			// ours: another one around it would walk the stack
			throw ex;
		}
		catch (RejectedExecutionException ex) {
			throw new TaskRejectedException(executor, task, ex);
		}
	}

	@Override
	public Future<?> submit(Runnable task) {
		FutureTask<?> future = AnsweredTask.of(task);
		execute(future);
		return future;
	}

	@Override
	public <T> Future<T> submit(Callable<T> task) {
		FutureTask<T> future = new FutureTask<>(task);
		execute(future);
		return future;
	}

	private void refuse(Runnable task, ThreadPoolExecutor executor) {
		if (executor.isShutdown()) {
			throw new RefusedTaskException("The task executor is shut down: it takes no more tasks");
		}
		throw this.refusals.refuse("The task executor is full: " + executor.getPoolSize() + " threads are busy and "
				+ executor.getQueue().size() + " tasks wait (" + ExecutorDefaults.QUEUE_KEY
				+ " bounds what may wait, spring.task.execution.pool.max-size the threads)");
	}

}
