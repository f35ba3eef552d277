/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * With Spring Security on the class path admission comes first: what is refused costs no
 * authentication.
 */
@Tag("C1")
class SecuredApplicationTests {

	@ParameterizedTest
	@EnumSource
	void refusalComesBeforeAuthentication(ServerKind kind) {
		try (RunningApplication application = RunningApplication.start(kind, Secured.class, true,
				"holdfast.concurrency.limit=1", "holdfast.concurrency.max-queued=0")) {
			assertThat(application.get("/hello").statusCode()).isBetween(401, 403);
			application.begin("/block");
			await().until(() -> application.gate().waiting() == 1);

			assertThat(application.get("/hello").statusCode()).isEqualTo(503);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@Import(TestApplication.class)
	static class Secured {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			return http
				.authorizeHttpRequests(
						(requests) -> requests.requestMatchers("/block").permitAll().anyRequest().authenticated())
				.build();
		}

	}

}
