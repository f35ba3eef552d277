/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import org.springframework.aot.AotDetector;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.task.SimpleAsyncTaskExecutorBuilder;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;

/**
 * Has Boot's {@code applicationTaskExecutor} made as one of ours. Its definition stays
 * Boot's, with its name, conditions and life cycle, and so does the builder; a bean of
 * type {@code Executor} beside it would make it stand back. An executor that the
 * application defines is not touched. In an image that was built ahead of time it stays
 * Boot's own: bounded, but refusing in Spring's words.
 */
final class TaskExecutorSubstitution implements BeanFactoryPostProcessor {

	static final String BEAN = "applicationTaskExecutor";

	private static final String BOOT = "org.springframework.boot.autoconfigure.task."
			+ "TaskExecutorConfigurations$TaskExecutorConfiguration";

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		if (AotDetector.useGeneratedArtifacts() || Boolean.getBoolean("spring.aot.processing")
				|| !beanFactory.containsBeanDefinition(BEAN)
				|| !(beanFactory.getBeanDefinition(BEAN) instanceof AbstractBeanDefinition definition)
				|| !BOOT.equals(definition.getFactoryBeanName())) {
			return;
		}
		if ("applicationTaskExecutor".equals(definition.getFactoryMethodName())) {
			definition.setInstanceSupplier(() -> pooled(beanFactory));
		}
		else if ("applicationTaskExecutorVirtualThreads".equals(definition.getFactoryMethodName())) {
			definition.setInstanceSupplier(() -> virtual(beanFactory));
		}
	}

	private static BoundedTaskExecutor pooled(ConfigurableListableBeanFactory beanFactory) {
		return builder(beanFactory, ThreadPoolTaskExecutorBuilder.class, "threadPoolTaskExecutorBuilder").configure(
				new BoundedTaskExecutor(beanFactory.getBean(HandOver.class), beanFactory.getBean(Refusals.class)));
	}

	private static ObservedTaskExecutor virtual(ConfigurableListableBeanFactory beanFactory) {
		return builder(beanFactory, SimpleAsyncTaskExecutorBuilder.class, "simpleAsyncTaskExecutorBuilder")
			.configure(new ObservedTaskExecutor(beanFactory.getBean(HandOver.class),
					beanFactory.getBean(Refusals.class), beanFactory.getBean(TaskCounts.class)));
	}

	private static <B> B builder(ConfigurableListableBeanFactory beanFactory, Class<B> type, String name) {
		return beanFactory.getBeanProvider(type).getIfUnique(() -> beanFactory.getBean(name, type));
	}

}
