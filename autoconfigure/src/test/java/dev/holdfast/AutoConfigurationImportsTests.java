/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The names that Spring Boot reads from files and strings: a wrong one would be ignored
 * in silence.
 */
class AutoConfigurationImportsTests {

	private static final String IMPORTS = "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";

	private static final List<String> FACTORIES = List.of("META-INF/spring.factories", "META-INF/spring/aot.factories");

	private final CompiledLibrary library = new CompiledLibrary();

	@Test
	void importsFileNamesEachAutoConfigurationOnceAndInOrder() throws IOException {
		List<Class<?>> declared = this.library.annotatedWith(AutoConfiguration.class.getName());
		assertThat(importsProblems(this.library.text(IMPORTS).orElse(""), declared)).isEmpty();
	}

	@Test
	void autoConfigurationsAreOrderedAfterAndBeforeOnesThatExist() {
		assertThat(this.library.annotatedWith(AutoConfiguration.class.getName()))
			.allSatisfy((type) -> assertThat(orderingProblems(type)).isEmpty());
	}

	// each condition of Boot's that asks for a bean looks through what is defined by then
	@Test
	void autoConfigurationsComeBehindThoseOfBoot() {
		assertThat(this.library.annotatedWith(AutoConfiguration.class.getName()))
			.allSatisfy((type) -> assertThat(type.getAnnotation(AutoConfigureOrder.class)).isNotNull()
				.extracting(AutoConfigureOrder::value)
				.isEqualTo(Ordered.LOWEST_PRECEDENCE));
	}

	@Test
	void factoriesNameClassesThatExist() throws IOException {
		for (String factories : FACTORIES) {
			assertThat(factoriesProblems(this.library.text(factories).orElse(""))).as(factories).isEmpty();
		}
	}

	@Test
	void forgottenAutoConfigurationIsFound() {
		assertThat(importsProblems("", List.of(Planted.class))).singleElement().asString().contains("is missing");
	}

	@Test
	void nameThatLeadsNowhereIsFound() {
		assertThat(importsProblems("dev.holdfast.Gone", List.of())).singleElement()
			.asString()
			.contains("dev.holdfast.Gone");
	}

	@Test
	void nameInTheWrongPlaceIsFound() {
		String lines = PlantedToo.class.getName() + "\n# comment\n" + Planted.class.getName() + "\n";
		assertThat(importsProblems(lines, List.of(Planted.class, PlantedToo.class))).singleElement()
			.asString()
			.contains("not sorted");
	}

	@Test
	void orderingByAStringThatLeadsNowhereIsFound() {
		assertThat(orderingProblems(Planted.class)).hasSize(2)
			.anyMatch((problem) -> problem.contains("com.example.GoneAutoConfiguration"))
			.anyMatch((problem) -> problem.contains("java.lang.String"));
	}

	@Test
	void factoryThatLeadsNowhereIsFound() {
		assertThat(factoriesProblems("java.lang.Runnable=dev.holdfast.Gone,java.lang.Thread,java.lang.String"))
			.hasSize(2);
	}

	private static List<String> importsProblems(String text, Collection<Class<?>> declared) {
		List<String> names = text.lines()
			.map(String::strip)
			.filter((line) -> !line.isEmpty() && !line.startsWith("#"))
			.toList();
		List<String> problems = new ArrayList<>();
		if (!List.copyOf(new TreeSet<>(names)).equals(names)) {
			problems.add("the lines are not sorted, or one is there twice: " + names);
		}
		names.stream()
			.filter((name) -> declared.stream().noneMatch((type) -> type.getName().equals(name)))
			.forEach((name) -> problems.add(name + " is not an @AutoConfiguration of this library"));
		declared.stream()
			.map(Class::getName)
			.filter((name) -> !names.contains(name))
			.forEach((name) -> problems.add(name + " is missing in " + IMPORTS));
		return problems;
	}

	private static List<String> orderingProblems(Class<?> type) {
		AutoConfiguration annotation = type.getAnnotation(AutoConfiguration.class);
		Stream<String> names = Stream.concat(Stream.of(annotation.beforeName()), Stream.of(annotation.afterName()));
		Stream<String> types = Stream.concat(Stream.of(annotation.before()), Stream.of(annotation.after()))
			.map(Class::getName);
		return Stream.concat(names, types)
			.filter((name) -> !isAutoConfiguration(name))
			.map((name) -> type.getName() + " is ordered relative to " + name
					+ ", which is not an @AutoConfiguration here")
			.toList();
	}

	private static boolean isAutoConfiguration(String name) {
		ClassLoader loader = AutoConfigurationImportsTests.class.getClassLoader();
		return ClassUtils.isPresent(name, loader)
				&& ClassUtils.resolveClassName(name, loader).isAnnotationPresent(AutoConfiguration.class);
	}

	private static List<String> factoriesProblems(String text) {
		Properties properties = new Properties();
		try {
			properties.load(new StringReader(text));
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return properties.stringPropertyNames()
			.stream()
			.flatMap((key) -> StringUtils.commaDelimitedListToSet(properties.getProperty(key))
				.stream()
				.map(String::strip)
				.filter((name) -> !implementsType(name, key))
				.map((name) -> name + " is no " + key))
			.toList();
	}

	private static boolean implementsType(String name, String type) {
		ClassLoader loader = AutoConfigurationImportsTests.class.getClassLoader();
		return ClassUtils.isPresent(name, loader) && ClassUtils.isPresent(type, loader)
				&& ClassUtils.resolveClassName(type, loader)
					.isAssignableFrom(ClassUtils.resolveClassName(name, loader));
	}

	@AutoConfiguration(afterName = "com.example.GoneAutoConfiguration", beforeName = "java.lang.String",
			after = PlantedToo.class)
	static final class Planted {

	}

	@AutoConfiguration
	static final class PlantedToo {

	}

}
