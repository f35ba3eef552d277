/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.scheduling.annotation.ScheduledAnnotationBeanPostProcessor;
import org.springframework.scheduling.concurrent.ExecutorConfigurationSupport;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/**
 * Keeps executors and schedulers at work for as long as requests may need them. Spring's
 * own take no task any more once they hear of the {@link ContextClosedEvent}, which would
 * fail {@code @Async} calls, {@code Callable} results and streamed bodies of requests
 * that are still served. They are told when the web server has stopped taking requests
 * and those that ran have ended, right before their own phase.
 */
final class PostponedListeners implements SmartLifecycle {

	private final Map<String, ApplicationListener<? super ContextClosedEvent>> listeners = new ConcurrentHashMap<>();

	private volatile @Nullable ContextClosedEvent event;

	private volatile boolean running;

	/**
	 * Takes those that exist out of the list of listeners. They hear of the event from
	 * here, and only from here.
	 * @param context the context that is about to close
	 */
	void takeOut(ConfigurableApplicationContext context) {
		ConfigurableListableBeanFactory beans = context.getBeanFactory();
		if (!beans.containsSingleton(AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME)) {
			return;
		}
		ApplicationEventMulticaster multicaster = beans.getBean(
				AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME, ApplicationEventMulticaster.class);
		for (String name : beans.getSingletonNames()) {
			// not by type: what nobody has needed so far is not made now
			ApplicationListener<? super ContextClosedEvent> listener = executor(beans.getSingleton(name));
			if (listener != null && this.listeners.putIfAbsent(name, listener) == null) {
				multicaster.removeApplicationListenerBean(name);
				context.removeApplicationListener(listener);
			}
		}
	}

	private static @Nullable ApplicationListener<? super ContextClosedEvent> executor(@Nullable Object bean) {
		if (bean instanceof ExecutorConfigurationSupport executor) {
			return executor;
		}
		if (bean instanceof SimpleAsyncTaskScheduler scheduler) {
			return scheduler;
		}
		return (bean instanceof ScheduledAnnotationBeanPostProcessor scheduled) ? scheduled : null;
	}

	void keep(ContextClosedEvent closed) {
		this.event = closed;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		ContextClosedEvent closed = this.event;
		if (closed != null) {
			this.listeners.values().forEach((listener) -> listener.onApplicationEvent(closed));
			this.listeners.clear();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return ExecutorConfigurationSupport.DEFAULT_PHASE + 1;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

}
