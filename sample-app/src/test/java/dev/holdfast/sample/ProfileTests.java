/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;

import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProfileTests {

	@Test
	void vanillaRunsTheSameCodeWithoutHoldfast() {
		try (ConfigurableApplicationContext context = run("vanilla")) {
			assertThat(context.getEnvironment().getProperty("holdfast.enabled", Boolean.class)).isFalse();
			assertThat(context.getBean(MisbehavingUpstream.class).isRunning()).isTrue();
		}
	}

	@Test
	void vanillaKnowsTheKindOfAFailureButNotItsPhase() {
		try (ConfigurableApplicationContext context = run("vanilla")) {
			UpstreamAnswer answer = context.getBean(UpstreamClient.class).call(UpstreamScenario.RESET);
			assertThat(answer.kind()).isEqualTo("reset");
			assertThat(answer.phase()).isNull();
		}
	}

	@Test
	void demoShowsEverything() {
		try (ConfigurableApplicationContext context = run("demo")) {
			Environment environment = context.getEnvironment();
			assertThat(environment.getProperty("management.endpoints.web.exposure.include")).isEqualTo("*");
			assertThat(environment.getProperty("holdfast.inflight.show-stacks")).isEqualTo("always");
			assertThat(environment.getProperty("holdfast.inflight.show-peers")).isEqualTo("always");
		}
	}

	@Test
	void upstreamStopsWithTheApplication() {
		ConfigurableApplicationContext context = run("vanilla");
		MisbehavingUpstream upstream = context.getBean(MisbehavingUpstream.class);
		URI address = URI.create(upstream.baseUrl());
		context.close();
		assertThat(upstream.isRunning()).isFalse();
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> new Socket(address.getHost(), address.getPort()).close());
	}

	private static ConfigurableApplicationContext run(String profile) {
		return new SpringApplicationBuilder(SampleApplication.class).profiles(profile)
			.run("--server.port=0", "--management.server.port=0", "--demo.upstream.port=0");
	}

}
