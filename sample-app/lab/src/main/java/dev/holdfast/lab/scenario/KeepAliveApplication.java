/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.util.ArrayList;
import java.util.List;

import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/**
 * An application that only calls others, in the lab's own JVM: what is measured is the
 * client.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
class KeepAliveApplication {

	/** A GET that is sent a second time is worth a line to Apache. */
	private static final String QUIET = "--logging.level.org.apache.hc=warn";

	static ConfigurableApplicationContext start(KeepAliveVariant variant) {
		List<String> arguments = new ArrayList<>(variant.arguments());
		arguments.add(QUIET);
		return new SpringApplicationBuilder(KeepAliveApplication.class).web(WebApplicationType.NONE)
			.bannerMode(Banner.Mode.OFF)
			.logStartupInfo(false)
			.run(arguments.toArray(String[]::new));
	}

	@Bean
	@ConditionalOnBooleanProperty("lab.keep-alive.once")
	ClientHttpRequestFactoryBuilder<?> onceFactoryBuilder() {
		return ClientHttpRequestFactoryBuilder.httpComponents()
			.withHttpClientCustomizer(HttpClientBuilder::disableAutomaticRetries);
	}

}
