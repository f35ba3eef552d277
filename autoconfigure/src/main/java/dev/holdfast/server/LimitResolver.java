/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.List;
import java.util.Objects;

import dev.holdfast.settings.BetterDefaults;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;

/**
 * Works the limits out once the server runs, from the live server.
 */
final class LimitResolver implements ApplicationListener<WebServerInitializedEvent> {

	private static final Logger LOGGER = LoggerFactory.getLogger(LimitResolver.class);

	private final ServerLimiters limiters;

	private final List<ServerCapacityReader> readers;

	private final Environment environment;

	LimitResolver(ServerLimiters limiters, List<ServerCapacityReader> readers, Environment environment) {
		this.limiters = limiters;
		this.readers = readers;
		this.environment = environment;
	}

	@Override
	public void onApplicationEvent(WebServerInitializedEvent event) {
		// the management server on a port of its own runs none of our filters
		if (WebServerApplicationContext.getServerNamespace(event.getApplicationContext()) != null) {
			return;
		}
		this.readers.stream()
			.map((reader) -> reader.read(event.getWebServer()))
			.filter(Objects::nonNull)
			.findFirst()
			.ifPresent((capacity) -> resolve(Objects.requireNonNull(capacity)));
	}

	private void resolve(ServerCapacity capacity) {
		this.limiters.resolve(capacity, hasOwnThreads(capacity));
		var settings = this.limiters.server().settings();
		LOGGER.info("Admission ({}): {} requests at a time, {} may wait for {} ms, read from {} with {}",
				settings.mode(), settings.limit(), settings.maxQueued(), settings.maxWait().toMillis(),
				capacity.server(), ConcurrencyReport.threads(capacity));
		ConcurrencyReport.say(LOGGER, this.limiters);
	}

	// whether the threads are our default and nobody replaced the pool
	private boolean hasOwnThreads(ServerCapacity capacity) {
		String key = ServerDefaults.threadsKey(capacity);
		return key != null && isOwnDefault(key)
				&& Objects.equals(capacity.configuredThreads(), this.environment.getProperty(key, Integer.class));
	}

	private boolean isOwnDefault(String key) {
		ConfigurationPropertyName name = ConfigurationPropertyName.of(key);
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source.getConfigurationProperty(name) != null) {
				return source.getUnderlyingSource() instanceof PropertySource<?> underlying
						&& underlying.getName().equals(BetterDefaults.SOURCE);
			}
		}
		return false;
	}

}
