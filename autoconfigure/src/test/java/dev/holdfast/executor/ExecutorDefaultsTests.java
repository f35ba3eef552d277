/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.util.HashMap;
import java.util.Map;

import dev.holdfast.settings.BetterDefaults;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.core.env.MapPropertySource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("F2")
class ExecutorDefaultsTests {

	private final MockEnvironment environment = new MockEnvironment();

	private final SpringApplication application = new SpringApplication();

	@Test
	void theQueueGetsABound() {
		process();
		assertThat(this.environment.getProperty(ExecutorDefaults.QUEUE_KEY)).isEqualTo("10000");
	}

	@Test
	void aQueueThatTheUserSetStays() {
		this.environment.setProperty("spring.task.execution.pool.queueCapacity", "7");
		process();
		assertThat(this.environment.getProperty(ExecutorDefaults.QUEUE_KEY)).isNull();
	}

	@Test
	void virtualThreadsGetNoBoundThatTheUserDidNotSet() {
		this.environment.setProperty("spring.threads.virtual.enabled", "true");
		process();
		assertThat(this.environment.containsProperty(ExecutorDefaults.LIMIT_KEY)).isFalse();
		assertThat(this.environment.containsProperty(ExecutorDefaults.REJECT_KEY)).isFalse();
	}

	@Test
	void whoeverWaitsAtALimitGoesOnWaitingWhereCodeMayRelyOnIt() {
		this.environment.setProperty(ExecutorDefaults.LIMIT_KEY, "200");
		process();
		assertThat(this.environment.containsProperty(ExecutorDefaults.REJECT_KEY)).isFalse();
	}

	@Test
	void atALimitAStrictServiceRefuses() {
		this.environment.setProperty("holdfast.profile", "strict");
		this.environment.setProperty(ExecutorDefaults.LIMIT_KEY, "200");
		process();
		assertThat(this.environment.getProperty(ExecutorDefaults.REJECT_KEY)).isEqualTo("true");
	}

	@Test
	void atALimitAStrictServiceWaitsIfTheUserSaysSo() {
		this.environment.setProperty("holdfast.profile", "strict");
		this.environment.setProperty(ExecutorDefaults.LIMIT_KEY, "200");
		this.environment.setProperty(ExecutorDefaults.REJECT_KEY, "false");
		process();
		assertThat(this.environment.getProperty(ExecutorDefaults.REJECT_KEY)).isEqualTo("false");
	}

	@Test
	void defaultsOfOtherFeaturesStayInTheSameSource() {
		this.environment.getPropertySources()
			.addLast(new MapPropertySource(BetterDefaults.SOURCE, new HashMap<>(Map.of("other", "kept"))));
		process();
		assertThat(this.environment.getProperty("other")).isEqualTo("kept");
		assertThat(this.environment.getProperty(ExecutorDefaults.QUEUE_KEY)).isEqualTo("10000");
	}

	@Test
	void switchedOffOrWithoutAServerItAddsNothing() {
		this.application.setWebApplicationType(WebApplicationType.NONE);
		process();
		this.application.setWebApplicationType(WebApplicationType.SERVLET);
		this.environment.setProperty("holdfast.enabled", "false");
		process();
		assertThat(this.environment.containsProperty(ExecutorDefaults.QUEUE_KEY)).isFalse();
	}

	private void process() {
		new ExecutorDefaults().postProcessEnvironment(this.environment, this.application);
	}

}
