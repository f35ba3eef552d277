/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;

import dev.holdfast.report.Finding;
import dev.holdfast.report.Severity;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Executors that take tasks until the memory is gone. Only looked at, never changed, and
 * only those that exist: asking for the lazy ones would make them. Schedulers are not
 * meant: their queues hold what is due later.
 */
final class UnboundedExecutors {

	private static final int HARDLY_A_BOUND = 1_000_000;

	private final ConfigurableListableBeanFactory beanFactory;

	UnboundedExecutors(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	List<Finding> findings() {
		List<Finding> findings = new ArrayList<>();
		for (String name : this.beanFactory.getBeanNamesForType(Executor.class, false, false)) {
			Object executor = this.beanFactory.containsSingleton(name) ? this.beanFactory.getSingleton(name) : null;
			Finding finding = (executor != null) ? finding(name, executor) : null;
			if (finding != null) {
				findings.add(finding);
			}
		}
		return findings;
	}

	private static @Nullable Finding finding(String name, Object executor) {
		if (executor instanceof ObservedTaskExecutor observed) {
			return observed(name, observed);
		}
		String open = open(executor);
		if (open == null) {
			return null;
		}
		String remedy = name.equals(TaskExecutorSubstitution.BEAN)
				? "Set " + ExecutorDefaults.QUEUE_KEY + " and spring.task.execution.pool.max-size."
				: "Give it a bounded queue and a largest number of threads.";
		return new Finding("executor-unbounded", Severity.WARNING,
				"The executor '%s' has no bound on its %s: when tasks come faster than they are done, the memory goes."
					.formatted(name, open),
				remedy);
	}

	private static @Nullable Finding observed(String name, ObservedTaskExecutor executor) {
		if (!executor.isThrottleActive()) {
			return new Finding("executor-virtual-unbounded", Severity.INFO,
					"The executor '%s' starts a virtual thread for each task, without a bound.".formatted(name),
					"Set " + ExecutorDefaults.LIMIT_KEY + " and " + ExecutorDefaults.REJECT_KEY + "=true.");
		}
		return null;
	}

	private static @Nullable String open(Object executor) {
		if (executor instanceof TaskScheduler || executor instanceof ScheduledExecutorService) {
			return null;
		}
		if (executor instanceof ThreadPoolTaskExecutor pool) {
			return open(pool.getQueueCapacity(), pool.getMaxPoolSize());
		}
		if (executor instanceof ThreadPoolExecutor pool) {
			BlockingQueue<Runnable> queue = pool.getQueue();
			return open((long) queue.size() + queue.remainingCapacity(), pool.getMaximumPoolSize());
		}
		if (executor instanceof ConcurrentTaskExecutor adapter) {
			return open(adapter.getConcurrentExecutor());
		}
		if (executor instanceof SimpleAsyncTaskExecutor perTask) {
			return perTask.isThrottleActive() ? null : "threads";
		}
		return executor.getClass().getName().equals("java.util.concurrent.ThreadPerTaskExecutor") ? "threads" : null;
	}

	private static @Nullable String open(long queue, long threads) {
		return (queue >= HARDLY_A_BOUND) ? "queue" : (threads >= HARDLY_A_BOUND) ? "threads" : null;
	}

}
