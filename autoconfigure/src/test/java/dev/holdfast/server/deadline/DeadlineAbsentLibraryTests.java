/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import dev.holdfast.server.ConcurrencyAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each library is optional: without it the rest starts.
 */
class DeadlineAbsentLibraryTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ConcurrencyAutoConfiguration.class, DeadlineAutoConfiguration.class));

	@Test
	void everythingIsThereWithEveryLibrary() {
		this.runner.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(Deadlines.class)
			.hasSingleBean(StreamingHandlers.class)
			.hasSingleBean(DeadlineMetrics.class)
			.hasSingleBean(DeadlineReport.class));
	}

	@Test
	void startsWithoutMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Deadlines.class)
				.doesNotHaveBean("holdfastDeadlineMetrics"));
	}

	@Test
	void startsWithoutMvc() {
		this.runner.withClassLoader(new FilteredClassLoader(WebMvcConfigurer.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Deadlines.class)
				.doesNotHaveBean("holdfastStreamingHandlers"));
	}

	@Test
	void switchedOffLeavesNothingBehind() {
		this.runner.withPropertyValues("holdfast.enabled=false")
			.run((context) -> assertThat(context.getBeanDefinitionNames())
				.noneMatch((name) -> name.contains("holdfast")));
	}

	@Test
	void applicationWithoutAWebIsLeftAlone() {
		new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(DeadlineAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Deadlines.class));
	}

}
