/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/**
 * Contexts with Boot's task executor, with and without the library.
 */
final class TaskContexts {

	private TaskContexts() {
	}

	static WebApplicationContextRunner vanilla() {
		return new WebApplicationContextRunner()
			.withConfiguration(
					AutoConfigurations.of(TaskExecutionAutoConfiguration.class, TaskSchedulingAutoConfiguration.class))
			// whatever the environment of the build says
			.withPropertyValues("spring.threads.virtual.enabled=false");
	}

	static WebApplicationContextRunner ours() {
		return vanilla().withConfiguration(AutoConfigurations.of(ExecutorAutoConfiguration.class))
			.withInitializer((context) -> new ExecutorDefaults().postProcessEnvironment(context.getEnvironment(),
					new SpringApplication()));
	}

}
