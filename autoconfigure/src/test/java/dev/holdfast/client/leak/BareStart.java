/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.util.List;
import java.util.concurrent.Callable;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * Starts an application in whatever class loader it was loaded by.
 */
public final class BareStart implements Callable<List<String>> {

	@Override
	public List<String> call() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.registerShutdownHook(false)
			.run("--spring.main.banner-mode=off", "--logging.level.root=error",
					"--management.endpoints.web.exposure.include=*")) {
			return List.of(context.getBeanDefinitionNames());
		}
	}

	/**
	 * Nothing but what looks at leases.
	 */
	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(LeakAutoConfiguration.class)
	static class Application {

	}

}
