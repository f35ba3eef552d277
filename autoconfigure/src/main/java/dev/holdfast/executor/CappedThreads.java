/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;

import dev.holdfast.settings.BetterDefaults;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.task.ThreadPoolTaskExecutorCustomizer;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Keeps the number of threads that Boot's executors had before their queue got a bound. A
 * pool grows beyond its core only when its queue is full, which never was the case: with
 * the bound, and Boot's maximum of two thousand million threads, it would grow where it
 * has to refuse. An executor with a maximum or a queue of its own is left alone.
 */
final class CappedThreads implements ThreadPoolTaskExecutorCustomizer, BeanPostProcessor, Ordered {

	private final ConfigurableEnvironment environment;

	private final Set<ThreadPoolTaskExecutor> capped = Collections
		.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

	CappedThreads(ConfigurableEnvironment environment) {
		this.environment = environment;
	}

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void customize(ThreadPoolTaskExecutor executor) {
		if (executor.getMaxPoolSize() == Integer.MAX_VALUE && executor.getQueueCapacity() == ExecutorDefaults.QUEUE
				&& isQueueOurs()) {
			executor.setMaxPoolSize(Math.max(1, executor.getCorePoolSize()));
			this.capped.add(executor);
		}
	}

	private boolean isQueueOurs() {
		PropertySource<?> ours = this.environment.getPropertySources().get(BetterDefaults.SOURCE);
		return ours != null && ours.containsProperty(ExecutorDefaults.QUEUE_KEY);
	}

	// a customizer of one builder comes after all beans: it may have raised the core
	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		if (bean instanceof ThreadPoolTaskExecutor executor && this.capped.remove(executor)
				&& executor.getMaxPoolSize() < executor.getCorePoolSize()) {
			executor.setMaxPoolSize(executor.getCorePoolSize());
		}
		return bean;
	}

}
