/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import dev.holdfast.server.ConcurrencyAutoConfiguration;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.server.context.WebServerApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each library is optional: without it the rest starts.
 */
class ShutdownAbsentLibraryTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ShutdownAutoConfiguration.class, ConcurrencyAutoConfiguration.class,
				EndpointAutoConfiguration.class, WebEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=*",
				"management.endpoint.prestop.access=READ_ONLY");

	@Test
	void everythingIsThereWithEveryLibrary() {
		this.runner.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(Drain.class)
			.hasSingleBean(DrainOnClose.class)
			.hasSingleBean(CutOff.class)
			.hasSingleBean(PostponedListeners.class)
			.hasSingleBean(ShutdownReport.class)
			.hasSingleBean(ShutdownMetrics.class)
			.hasSingleBean(DrainEndpoint.class)
			.hasSingleBean(PreStopEndpoint.class));
	}

	@Test
	void hookIsNoBeanUnlessItIsOpened() {
		this.runner.withPropertyValues("management.endpoint.prestop.access=NONE")
			.run((context) -> assertThat(context).hasSingleBean(DrainEndpoint.class)
				.doesNotHaveBean(PreStopEndpoint.class));
	}

	@Test
	void startsWithoutMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Drain.class)
				.doesNotHaveBean("holdfastShutdownMetrics"));
	}

	@Test
	void startsWithoutActuator() {
		new WebApplicationContextRunner().withConfiguration(AutoConfigurations.of(ShutdownAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate", "com.fasterxml.jackson"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Drain.class)
				.doesNotHaveBean("drainEndpoint")
				.doesNotHaveBean("preStopEndpoint"));
	}

	@Test
	void staysAwayWithoutAWebServer() {
		this.runner.withClassLoader(new FilteredClassLoader(WebServerApplicationContext.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Drain.class));
	}

	@Test
	void switchedOffItIsAbsent() {
		this.runner.withPropertyValues("holdfast.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(Drain.class));
	}

}
