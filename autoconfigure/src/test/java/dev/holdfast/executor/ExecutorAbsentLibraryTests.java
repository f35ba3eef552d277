/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each library is optional: without it the rest starts.
 */
class ExecutorAbsentLibraryTests {

	private final WebApplicationContextRunner runner = TaskContexts.ours()
		.withPropertyValues("holdfast.executor.propagate-lifetime=true", "holdfast.executor.pinning=true");

	@Test
	void everythingIsThereWithEveryLibrary() {
		this.runner.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(ExecutorReport.class)
			.hasSingleBean(CallableLifetimes.class)
			.hasSingleBean(RefusedTasks.class)
			.hasSingleBean(LifetimeAccessor.class)
			.hasSingleBean(ExecutorMetrics.class)
			.hasSingleBean(PinningRecording.class));
	}

	@Test
	void startsWithoutMicrometersMeters() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer.core"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(LifetimeAccessor.class)
				.doesNotHaveBean("holdfastExecutorMetrics"));
	}

	@Test
	void startsWithoutMicrometersContext() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer.context"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ExecutorMetrics.class)
				.doesNotHaveBean("holdfastLifetimeAccessor"));
	}

	@Test
	void startsWithoutFlightRecording() {
		this.runner.withClassLoader(new FilteredClassLoader("jdk.jfr")).run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean("holdfastPinningRecording");
			assertThat(context.getBean(ExecutorReport.class).findings())
				.anySatisfy((finding) -> assertThat(finding.id()).isEqualTo("executor-pinning-unavailable"));
		});
	}

	@Test
	void startsWithoutActuatorOrSpringMvc() {
		this.runner
			.withClassLoader(
					new FilteredClassLoader("org.springframework.boot.actuate", "org.springframework.web.servlet"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ExecutorReport.class)
				.doesNotHaveBean("holdfastCallableLifetimes"));
	}

	@Test
	void switchedOffBootsExecutorIsBootsAgain() {
		this.runner.withPropertyValues("holdfast.enabled=false").run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(ExecutorReport.class);
			ThreadPoolTaskExecutor executor = context.getBean(ThreadPoolTaskExecutor.class);
			assertThat(executor).isNotInstanceOf(BoundedTaskExecutor.class);
			assertThat(executor.getQueueCapacity()).isEqualTo(Integer.MAX_VALUE);
		});
	}

}
