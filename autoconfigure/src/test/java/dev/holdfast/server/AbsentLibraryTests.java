/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import dev.holdfast.server.jetty.JettyAutoConfiguration;
import dev.holdfast.server.tomcat.TomcatAutoConfiguration;
import io.micrometer.core.instrument.MeterRegistry;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each library is optional: without it the rest starts.
 */
class AbsentLibraryTests {

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ConcurrencyAutoConfiguration.class, TomcatAutoConfiguration.class,
				JettyAutoConfiguration.class, EndpointAutoConfiguration.class, WebEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=*");

	@Test
	void everythingIsThereWithEveryLibrary() {
		this.runner.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(ServerLimiters.class)
			.hasSingleBean(ConcurrencyMetrics.class)
			.hasSingleBean(ConcurrencyEndpoint.class)
			.hasSingleBean(InFlightEndpoint.class)
			.hasSingleBean(EndpointExclusion.class)
			.hasSingleBean(RouteInterceptor.class)
			.hasSingleBean(LimitResolver.class)
			.hasSingleBean(ConcurrencyReport.class));
	}

	@Test
	void startsWithoutMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader("io.micrometer"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ServerLimiters.class)
				.doesNotHaveBean("holdfastConcurrencyMetrics"));
		assertThat(MeterRegistry.class).isNotNull();
	}

	@Test
	void startsWithoutActuator() {
		new WebApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ConcurrencyAutoConfiguration.class, TomcatAutoConfiguration.class,
					JettyAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate", "com.fasterxml.jackson"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ServerLimiters.class)
				.doesNotHaveBean("concurrencyEndpoint")
				.doesNotHaveBean("inFlightEndpoint"));
	}

	@Test
	void startsWithoutTomcat() {
		this.runner.withClassLoader(new FilteredClassLoader(TomcatWebServer.class.getPackageName(), "org.apache"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ServerLimiters.class)
				.doesNotHaveBean(TomcatAutoConfiguration.class));
	}

	@Test
	void startsWithoutJetty() {
		this.runner
			.withClassLoader(
					new FilteredClassLoader(JettyWebServer.class.getPackageName(), Server.class.getPackageName()))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ServerLimiters.class)
				.doesNotHaveBean(JettyAutoConfiguration.class));
	}

	@Test
	void startsWithoutAnEmbeddedServer() {
		this.runner
			.withClassLoader(new FilteredClassLoader(WebServerInitializedEvent.class, TomcatWebServer.class,
					JettyWebServer.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ServerLimiters.class)
				.doesNotHaveBean("holdfastLimitResolver"));
	}

	@Test
	void startsWithoutMvc() {
		this.runner.withClassLoader(new FilteredClassLoader(WebMvcConfigurer.class))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ServerLimiters.class)
				.doesNotHaveBean("holdfastRouteInterceptor"));
	}

	@Test
	void switchedOffLeavesNothingBehind() {
		this.runner.withPropertyValues("holdfast.enabled=false")
			.run((context) -> assertThat(context.getBeanDefinitionNames())
				.noneMatch((name) -> name.contains("holdfast")));
	}

	@Test
	void applicationWithoutAWebIsLeftAlone() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ConcurrencyAutoConfiguration.class, TomcatAutoConfiguration.class,
					JettyAutoConfiguration.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ServerLimiters.class));
	}

}
