/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each library is optional: the classes themselves on a class path without it.
 */
@Tag("A1")
class LeakAbsentLibraryTests {

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = ';',
			textBlock = """
					spring-boot-actuator.*                     ; leaksEndpoint
					spring-boot-health.*                       ; leaksHealthIndicator
					micrometer-core.*                          ; holdfastLeakMetrics
					(spring-web|spring-boot-http|http(client|core)5).* ; nothing
					(spring-boot-(actuator|health)|micrometer-core|jackson|spring-web|tomcat|jetty|http|HikariCP).* ; leaksEndpoint
					""")
	void startsWithoutIt(String absent, String bean) throws Exception {
		List<String> beans = start(absent);
		assertThat(beans).contains("holdfastLeakWatch", "holdfastLeakDetector", "holdfastLeakReport")
			.doesNotContain(bean);
	}

	@Test
	void everythingIsThereWithEveryLibrary() throws Exception {
		assertThat(start("nothing")).contains("leaksEndpoint", "leaksHealthIndicator", "holdfastLeakMetrics");
	}

	private static List<String> start(String absent) throws Exception {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		try (URLClassLoader bare = new URLClassLoader(without(absent), ClassLoader.getPlatformClassLoader())) {
			thread.setContextClassLoader(bare);
			Callable<?> start = (Callable<?>) bare.loadClass(BareStart.class.getName()).getConstructor().newInstance();
			return ((List<?>) start.call()).stream().map(String::valueOf).toList();
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	private static URL[] without(String absent) {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !Path.of(entry).getFileName().toString().matches(absent))
			.map(LeakAbsentLibraryTests::url)
			.toArray(URL[]::new);
	}

	private static URL url(String entry) {
		try {
			return Path.of(entry).toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
