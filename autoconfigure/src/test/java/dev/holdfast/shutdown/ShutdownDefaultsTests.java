/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.core.env.MapPropertySource;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("D6")
class ShutdownDefaultsTests {

	private static final String AWAIT = "spring.task.execution.shutdown.await-termination";

	private final MockEnvironment environment = new MockEnvironment();

	private final SpringApplication application = new SpringApplication();

	@Test
	void outsideOfKubernetesBootsDefaultsStay() {
		process();
		assertThat(this.environment.containsProperty(ShutdownValidation.PHASE_KEY)).isFalse();
	}

	@Test
	void onKubernetesThePhaseIsShorterAndTasksGetTimeToEnd() {
		kubernetes();
		process();
		assertThat(this.environment.getProperty(ShutdownValidation.PHASE_KEY)).isEqualTo("12s");
		assertThat(this.environment.getProperty(AWAIT)).isEqualTo("true");
	}

	@Test
	void whatTheUserSetStays() {
		kubernetes();
		this.environment.setProperty(ShutdownValidation.PHASE_KEY, "20s");
		this.environment.setProperty(AWAIT, "false");
		process();
		assertThat(this.environment.getProperty(ShutdownValidation.PHASE_KEY)).isEqualTo("20s");
		assertThat(this.environment.getProperty(AWAIT)).isEqualTo("false");
	}

	@Test
	void defaultsOfOtherFeaturesStayInTheSameSource() {
		kubernetes();
		this.environment.getPropertySources()
			.addLast(new MapPropertySource("holdfastDefaults", new HashMap<>(Map.of("other", "kept"))));
		process();
		assertThat(this.environment.getProperty("other")).isEqualTo("kept");
		assertThat(this.environment.getProperty(ShutdownValidation.PHASE_KEY)).isEqualTo("12s");
	}

	@Test
	void switchedOffOrWithoutAServerItAddsNothing() {
		kubernetes();
		this.application.setWebApplicationType(WebApplicationType.NONE);
		process();
		this.application.setWebApplicationType(WebApplicationType.SERVLET);
		this.environment.setProperty("holdfast.enabled", "false");
		process();
		assertThat(this.environment.containsProperty(ShutdownValidation.PHASE_KEY)).isFalse();
	}

	private void kubernetes() {
		this.environment.setProperty("KUBERNETES_SERVICE_HOST", "10.0.0.1");
	}

	private void process() {
		new ShutdownDefaults().postProcessEnvironment(this.environment, this.application);
	}

}
