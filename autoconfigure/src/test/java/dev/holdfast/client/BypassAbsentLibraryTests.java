/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.holdfast.report.Finding;
import net.bytebuddy.ByteBuddy;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each library is optional: without it the clients of the others are found.
 */
@Tag("B1")
class BypassAbsentLibraryTests {

	private final DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();

	@ParameterizedTest
	@CsvSource({ "org.springframework.web.client, 2", "org.apache.hc, 3", "org.springframework.web.reactive, 4" })
	void theClientsOfOtherLibrariesAreFound(String absent, int found) {
		this.beanFactory.setBeanClassLoader(new FilteredClassLoader(absent));
		this.beanFactory.registerSingleton("template", new RestTemplate());
		this.beanFactory.registerSingleton("client", RestClient.create());
		this.beanFactory.registerSingleton("jdk", HttpClient.newHttpClient());
		this.beanFactory.registerSingleton("apache", HttpClients.createMinimal());
		List<Finding> findings = new BypassFindings(this.beanFactory).findings();
		assertThat(findings).hasSize(found)
			.noneSatisfy((finding) -> assertThat(finding.message()).contains("(" + absent))
			.anySatisfy((finding) -> assertThat(finding.message()).contains("'jdk'"));
	}

	@Test
	void aReactiveClientIsFoundWhereThereIsOne() {
		Class<?> type = new ByteBuddy().makeInterface()
			.name(BypassKind.WEB_CLIENT.type())
			.make()
			.load(getClass().getClassLoader())
			.getLoaded();
		this.beanFactory.setBeanClassLoader(type.getClassLoader());
		this.beanFactory.registerSingleton("prices", Proxy.newProxyInstance(type.getClassLoader(),
				new Class<?>[] { type }, (proxy, method, arguments) -> null));
		assertThat(new BypassFindings(this.beanFactory).findings()).singleElement().satisfies((finding) -> {
			assertThat(finding.message()).contains("'prices'", BypassKind.WEB_CLIENT.type());
			assertThat(finding.remedy()).contains("RestClient.Builder", "timeout()");
		});
	}

	/**
	 * The classes themselves on a class path without any HTTP library: nothing links to
	 * one.
	 */
	@Test
	void nothingIsLinkedToALibraryThatIsAbsent() throws IOException, ReflectiveOperationException {
		try (URLClassLoader bare = new URLClassLoader(bareClassPath(), ClassLoader.getPlatformClassLoader())) {
			assertThat(bare.getResource("org/springframework/web/client/RestTemplate.class")).isNull();
			assertThat(bare.getResource("org/apache/hc/client5/http/classic/HttpClient.class")).isNull();
			Class<?> factoryType = bare.loadClass(DefaultListableBeanFactory.class.getName());
			Object factory = factoryType.getConstructor().newInstance();
			factoryType.getMethod("registerSingleton", String.class, Object.class)
				.invoke(factory, "jdk", HttpClient.newHttpClient());
			Constructor<?> constructor = bare.loadClass(BypassFindings.class.getName()).getDeclaredConstructors()[0];
			constructor.setAccessible(true);
			Object bypass = constructor.newInstance(factory);
			Method findings = bypass.getClass().getDeclaredMethod("findings");
			findings.setAccessible(true);
			assertThat((List<?>) findings.invoke(bypass)).singleElement().asString().contains("'jdk'");
		}
	}

	private static URL[] bareClassPath() {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !Path.of(entry)
				.getFileName()
				.toString()
				.matches("(spring-web|spring-boot-rest|spring-boot-http|httpc).*"))
			.map(BypassAbsentLibraryTests::url)
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
