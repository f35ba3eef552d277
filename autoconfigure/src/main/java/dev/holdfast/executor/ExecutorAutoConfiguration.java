/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import dev.holdfast.lifetime.Ticker;
import io.micrometer.context.ThreadLocalAccessor;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.thread.Threading;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Auto-configuration of what happens to work that is handed to other threads. It defines
 * no executor: Boot's would stand back.
 *
 * @since 0.1.0
 */
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@AutoConfiguration
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "holdfast.enabled", matchIfMissing = true)
@EnableConfigurationProperties(ExecutorProperties.class)
public final class ExecutorAutoConfiguration {

	@Bean
	static TaskExecutorSubstitution holdfastTaskExecutorSubstitution() {
		return new TaskExecutorSubstitution();
	}

	@Bean
	static CappedThreads holdfastCappedThreads(ConfigurableEnvironment environment) {
		return new CappedThreads(environment);
	}

	@Bean
	TaskCounts holdfastTaskCounts() {
		return new TaskCounts();
	}

	@Bean
	Refusals holdfastTaskRefusals(TaskCounts counts) {
		return new Refusals(counts, Ticker.system());
	}

	@Bean
	HandOver holdfastTaskHandOver(ExecutorProperties properties, TaskCounts counts) {
		return new HandOver(ExecutorValidation.maxQueueAge(properties), properties.propagateLifetime(), Ticker.system(),
				counts);
	}

	@Bean
	ExecutorReport holdfastExecutorReport(ExecutorProperties properties, ConfigurableEnvironment environment,
			ConfigurableListableBeanFactory beanFactory, ObjectProvider<PinnedThreads> pinned) {
		return new ExecutorReport(properties, environment, new UnboundedExecutors(beanFactory), pinned.getIfAvailable(),
				Threading.VIRTUAL.isActive(environment));
	}

	@Bean
	@ConditionalOnBooleanProperty("holdfast.executor.pinning")
	PinnedThreads holdfastPinnedThreads() {
		return new PinnedThreads(Ticker.system());
	}

	/**
	 * What needs Spring MVC.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(WebMvcConfigurer.class)
	static final class MvcConfiguration {

		@Bean
		CallableLifetimes holdfastCallableLifetimes(ExecutorProperties properties, TaskCounts counts) {
			return new CallableLifetimes(ExecutorValidation.maxQueueAge(properties), Ticker.system(), counts);
		}

		@Bean
		RefusedTasks holdfastRefusedTasks() {
			return new RefusedTasks();
		}

	}

	/**
	 * What needs Micrometer's context.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ThreadLocalAccessor.class)
	@ConditionalOnBooleanProperty("holdfast.executor.propagate-lifetime")
	static final class ContextConfiguration {

		@Bean
		LifetimeAccessor holdfastLifetimeAccessor() {
			return new LifetimeAccessor();
		}

	}

	/**
	 * What needs Micrometer.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(MeterRegistry.class)
	static final class MetricsConfiguration {

		@Bean
		ExecutorMetrics holdfastExecutorMetrics(TaskCounts counts, Environment environment,
				ObjectProvider<PinnedThreads> pinned) {
			return new ExecutorMetrics(counts, Threading.VIRTUAL.isActive(environment), pinned.getIfAvailable());
		}

	}

	/**
	 * What needs flight recording.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(name = "jdk.jfr.consumer.RecordingStream")
	@ConditionalOnBooleanProperty("holdfast.executor.pinning")
	static final class PinningConfiguration {

		@Bean
		PinningRecording holdfastPinningRecording(PinnedThreads threads, Environment environment) {
			return new PinningRecording(threads, Threading.VIRTUAL.isActive(environment));
		}

	}

}
