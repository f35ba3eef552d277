/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.Map;

import dev.holdfast.settings.BetterDefaults;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("C1")
class ServerDefaultsTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	private final SpringApplication application = new SpringApplication(TestApplication.class);

	ServerDefaultsTests() {
		// what the machine sets must not decide
		this.environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
	}

	@Test
	void bothServersGetMoreThreadsThanTheLimitAdmits() {
		process();
		assertThat(this.environment.getProperty(ServerDefaults.TOMCAT_THREADS)).isEqualTo("300");
		assertThat(this.environment.getProperty(ServerDefaults.JETTY_THREADS)).isEqualTo("300");
	}

	@Test
	void whatTheUserSetStaysWhereverItIsSet() {
		this.environment.getPropertySources()
			.addLast(new MapPropertySource("defaultProperties", Map.of("server.tomcat.threads.max", 50)));
		process();
		assertThat(this.environment.getProperty(ServerDefaults.TOMCAT_THREADS)).isEqualTo("50");
	}

	@Test
	void sourceThatIsAddedLaterWinsOnceTheOrderIsMended() {
		process();
		this.environment.getPropertySources()
			.addLast(new MapPropertySource("late", Map.of("server.tomcat.threads.max", 70)));
		BetterDefaults.moveToEnd(this.environment);
		assertThat(this.environment.getProperty(ServerDefaults.TOMCAT_THREADS)).isEqualTo("70");
	}

	@Test
	void switchedOffItAddsNothing() {
		this.environment.getPropertySources()
			.addFirst(new MapPropertySource("off", Map.of("holdfast.enabled", "false")));
		process();
		assertThat(this.environment.getPropertySources()).extracting(PropertySource::getName)
			.doesNotContain(BetterDefaults.SOURCE);
	}

	@Test
	void applicationWithoutAWebServerGetsNothing() {
		this.application.setWebApplicationType(WebApplicationType.NONE);
		process();
		assertThat(this.environment.getPropertySources()).extracting(PropertySource::getName)
			.doesNotContain(BetterDefaults.SOURCE);
	}

	private void process() {
		new ServerDefaults().postProcessEnvironment(this.environment, this.application);
	}

}
