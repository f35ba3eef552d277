/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.settings;

import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.holdfast.concurrency.Limiter;
import dev.holdfast.lifetime.Lifetime;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.annotation.ImportCandidates;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

class EarlyClassLoadingTests {

	@Test
	void everyAutoConfigurationIsFoundAndWhatItIsMadeOf() {
		Set<Class<?>> loaded = EarlyClassLoading.load(getClass().getClassLoader());
		List<String> own = ImportCandidates.load(AutoConfiguration.class, getClass().getClassLoader())
			.getCandidates()
			.stream()
			.filter((name) -> name.startsWith("dev.holdfast."))
			.toList();
		assertThat(own).isNotEmpty();
		assertThat(loaded).extracting(Class::getName).containsAll(own);
		assertThat(loaded).contains(Limiter.class, Lifetime.class);
		assertThat(loaded).allMatch((type) -> type.getName().startsWith("dev.holdfast."));
	}

	@Test
	void librariesThatAreNotThereAreNoObstacle() throws IOException {
		try (URLClassLoader without = loaderWithout("micrometer-", "httpclient5-", "jetty-", "HikariCP-",
				"spring-boot-actuator", "spring-websocket-", "spring-jdbc-")) {
			assertThat(ClassUtils.isPresent("io.micrometer.core.instrument.MeterRegistry", without)).isFalse();
			assertThat(EarlyClassLoading.load(without)).extracting(Class::getName)
				.contains(Limiter.class.getName(), Lifetime.class.getName(),
						"dev.holdfast.client.apache.ApacheClientAutoConfiguration");
		}
	}

	@Test
	void nothingIsLoadedForWhoSwitchedTheLibraryOff() {
		SpringApplication web = new SpringApplication();
		web.setWebApplicationType(WebApplicationType.SERVLET);
		SpringApplication other = new SpringApplication();
		other.setWebApplicationType(WebApplicationType.NONE);
		MockEnvironment off = new MockEnvironment().withProperty("holdfast.enabled", "false");
		assertThat(EarlyClassLoading.isWanted(new MockEnvironment(), web)).isTrue();
		assertThat(EarlyClassLoading.isWanted(off, web)).isFalse();
		assertThat(EarlyClassLoading.isWanted(new MockEnvironment(), other)).isFalse();
	}

	private static URLClassLoader loaderWithout(String... jars) throws MalformedURLException {
		String path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		List<URL> urls = new ArrayList<>();
		for (String entry : path.split(File.pathSeparator, -1)) {
			Path file = Path.of(entry);
			if (Stream.of(jars).noneMatch((jar) -> file.getFileName().toString().startsWith(jar))) {
				urls.add(file.toUri().toURL());
			}
		}
		return new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
	}

}
