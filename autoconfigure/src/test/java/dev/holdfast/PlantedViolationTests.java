/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A rule that cannot fail protects nothing: each one is shown a class that breaks it, and
 * all of them together a few that are as they should be.
 */
class PlantedViolationTests {

	private static final Pattern GUILTY = Pattern.compile("package ([\\w.]+);.*?class (Planted\\w*)", Pattern.DOTALL);

	private static final String CONFIGURATION = """
			package dev.holdfast.server;
			import org.springframework.beans.factory.annotation.*;
			import org.springframework.beans.factory.config.*;
			import org.springframework.boot.autoconfigure.*;
			import org.springframework.boot.autoconfigure.condition.*;
			import org.springframework.context.annotation.*;
			""";

	private static final Map<String, List<String>> PLANTED = Map.ofEntries(
			// layers
			Map.entry("EVERY_FEATURE_HAS_A_LAYER", List.of("""
					package dev.holdfast.misc;
					final class Planted { }
					""")), Map.entry("FOUNDATION_KNOWS_THE_JDK_ONLY", List.of("""
					package dev.holdfast.socket;
					final class Planted { org.springframework.util.StringUtils[] library; }
					""", """
					package dev.holdfast.failure;
					final class Planted { dev.holdfast.report.Mode sibling; }
					""", """
					package dev.holdfast.lifetime;
					final class Planted { dev.holdfast.retry.Above above; }
					""", """
					package dev.holdfast.retry;
					public final class Above { }
					""")), Map.entry("ENGINES_KNOW_FOUNDATION_AND_JDK", List.of("""
					package dev.holdfast.leak;
					final class Planted { void log() { org.slf4j.LoggerFactory.getLogger("leak"); } }
					""", """
					package dev.holdfast.advice;
					final class Planted { dev.holdfast.retry.Sibling sibling; }
					""", """
					package dev.holdfast.retry;
					public final class Sibling { }
					""")), Map.entry("GROUND_KNOWS_FOUNDATION_AND_LIBRARIES", List.of("""
					package dev.holdfast.settings;
					final class Planted { dev.holdfast.retry.Engine engine; }
					""", """
					package dev.holdfast.settings;
					final class PlantedToo { dev.holdfast.client.Feature feature; }
					""", """
					package dev.holdfast.client;
					public final class Feature { }
					""", """
					package dev.holdfast.retry;
					public final class Engine { }
					""")), Map.entry("ADAPTERS_KNOW_NO_SIBLING", List.of("""
					package dev.holdfast.server.tomcat;
					final class Planted { dev.holdfast.jdbc.Sibling sibling; }
					""", """
					package dev.holdfast.client;
					final class Planted { dev.holdfast.hardening.Above above; }
					""", """
					package dev.holdfast.jdbc;
					public final class Sibling { }
					""", """
					package dev.holdfast.hardening;
					public final class Above { }
					""")), Map.entry("FACE_KNOWS_NO_FEATURE", List.of("""
					package dev.holdfast.hardening;
					final class Planted { dev.holdfast.client.Feature feature; }
					""", """
					package dev.holdfast.console;
					final class Planted { dev.holdfast.retry.Engine engine; }
					""", """
					package dev.holdfast.client;
					public final class Feature { }
					""", """
					package dev.holdfast.retry;
					public final class Engine { }
					""")), Map.entry("PACKAGES_ARE_FREE_OF_CYCLES", List.of("""
					package dev.holdfast.server;
					public final class Planted { dev.holdfast.server.jetty.Planted down; }
					""", """
					package dev.holdfast.server.jetty;
					public final class Planted { dev.holdfast.server.Planted up; }
					""")),
			// wiring
			Map.entry("AUTO_CONFIGURATIONS_ARE_PUBLIC_AND_FINAL", List.of(CONFIGURATION + """
					@AutoConfiguration
					final class PlantedHidden { }
					""", CONFIGURATION + """
					@AutoConfiguration
					public class PlantedOpen { }
					""")), Map.entry("AUTO_CONFIGURATIONS_HAVE_NO_PUBLIC_MEMBERS", List.of(CONFIGURATION + """
					@AutoConfiguration
					public final class Planted {
						@Bean public String text() { return "text"; }
					}
					""", CONFIGURATION + """
					@AutoConfiguration
					public final class PlantedField { public static final int ORDER = 1; }
					""", CONFIGURATION + """
					@AutoConfiguration
					public final class PlantedNested {
						@Configuration(proxyBeanMethods = false)
						static final class Nested {
							public String text() { return "text"; }
						}
					}
					""")), Map.entry("NESTED_CONFIGURATIONS_ARE_NOT_PUBLIC", List.of(CONFIGURATION + """
					@AutoConfiguration
					public final class Planted {
						@Configuration(proxyBeanMethods = false)
						public static final class Nested { }
					}
					""")), Map.entry("BEAN_METHODS_ARE_PACKAGE_PRIVATE", List.of(CONFIGURATION + """
					@AutoConfiguration
					public final class Planted {
						@Bean protected String text() { return "text"; }
					}
					""")), Map.entry("BEAN_METHODS_RETURN_A_VISIBLE_TYPE", List.of(CONFIGURATION + """
					@AutoConfiguration
					public final class Planted {
						@Bean Secret secret() { return new Secret(); }
						private static final class Secret { }
					}
					""", CONFIGURATION + """
					@AutoConfiguration
					public final class PlantedObject {
						@Bean Object something() { return "text"; }
					}
					""")), Map.entry("CLASS_CONDITIONS_STAND_ON_CLASSES", List.of(CONFIGURATION + """
					@AutoConfiguration
					public final class Planted {
						@Bean @ConditionalOnClass(name = "a.B") String text() { return "text"; }
					}
					""", CONFIGURATION + """
					@AutoConfiguration
					public final class PlantedMissing {
						@Bean @ConditionalOnMissingClass("a.B") String text() { return "text"; }
					}
					""")), Map.entry("POST_PROCESSORS_COME_FROM_STATIC_METHODS", List.of(CONFIGURATION + """
					@AutoConfiguration
					public final class Planted {
						@Bean BeanPostProcessor bean() { return new BeanPostProcessor() { }; }
					}
					""", CONFIGURATION + """
					@AutoConfiguration
					public final class PlantedFactory {
						@Bean BeanFactoryPostProcessor factory() { return (factory) -> { }; }
					}
					""")), Map.entry("FIELDS_ARE_NOT_INJECTED", List.of(CONFIGURATION + """
					final class Planted { @Autowired String text; }
					""")),
			// code
			Map.entry("NOBODY_SLEEPS", List.of("""
					package dev.holdfast.retry;
					final class Planted { void pause() throws InterruptedException { Thread.sleep(1); } }
					""", """
					package dev.holdfast.retry;
					final class PlantedLambda {
						java.util.concurrent.Callable<Void> pause = () -> {
							java.util.concurrent.TimeUnit.SECONDS.sleep(1);
							return null;
						};
					}
					""")), Map.entry("NOBODY_READS_THE_WALL_CLOCK", List.of("""
					package dev.holdfast.retry;
					final class Planted { long now = System.currentTimeMillis(); }
					""", """
					package dev.holdfast.retry;
					final class PlantedReference {
						java.util.function.LongSupplier clock = System::currentTimeMillis;
					}
					""")), Map.entry("NO_METHOD_IS_SYNCHRONIZED", List.of("""
					package dev.holdfast.retry;
					final class Planted { synchronized void lock() { } }
					""", """
					package dev.holdfast.server.jetty;
					final class Planted { static synchronized void lock() { } }
					""")), Map.entry("CLASSES_ARE_CLOSED", List.of("""
					package dev.holdfast.retry;
					class Planted { }
					""", """
					package dev.holdfast.retry;
					final class PlantedOuter { static class Inner { } }
					""")), Map.entry("NAMES_SAY_WHAT_A_TYPE_DOES", List.of("""
					package dev.holdfast.retry;
					final class PlantedManager { }
					""")));

	private static final List<String> EXEMPLARY = List.of("""
			package dev.holdfast.lifetime;
			public sealed class Exemplary permits ExemplaryChild {
				private final int[] numbers = new int[1];
				public record Pair(String key, Thread.State[] states) { }
				public enum Choice { ONE { @Override int weight() { return 1; } }; abstract int weight(); }
				Runnable anonymous() { return new Runnable() { @Override public void run() { } }; }
				int choose(Choice choice) { return switch (choice) { case ONE -> this.numbers[0]; }; }
			}
			""", """
			package dev.holdfast.lifetime;
			@org.jspecify.annotations.NullMarked
			final class ExemplaryChild extends Exemplary { }
			""", """
			package dev.holdfast.concurrency;
			public final class ExemplaryEngine {
				private final Object lock = new dev.holdfast.lifetime.Exemplary.Pair("", new Thread.State[0]);
				java.util.function.LongSupplier ticker = System::nanoTime;
			}
			""",
			CONFIGURATION
					+ """
							@AutoConfiguration
							public final class ExemplaryAutoConfiguration {
								@Bean dev.holdfast.concurrency.ExemplaryEngine engine() { return new dev.holdfast.concurrency.ExemplaryEngine(); }
								@Bean static BeanPostProcessor bean() { return new BeanPostProcessor() { }; }
								@Configuration(proxyBeanMethods = false)
								@ConditionalOnClass(name = "a.B")
								static final class Nested {
									@Bean dev.holdfast.server.tomcat.ExemplaryPart part() { return new dev.holdfast.server.tomcat.ExemplaryPart(); }
								}
							}
							""",
			"""
					package dev.holdfast.server.tomcat;
					public final class ExemplaryPart { }
					""", """
					package dev.holdfast.hardening;
					final class ExemplaryFace {
						private final dev.holdfast.report.Mode mode = dev.holdfast.report.Mode.OBSERVE;
						private final org.slf4j.Logger logger = org.slf4j.LoggerFactory.getLogger(ExemplaryFace.class);
					}
					""");

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path directory;

	@ParameterizedTest(name = "{0}")
	@MethodSource("rules")
	void ruleFindsEachPlantedClass(String name, ArchRule rule) throws Exception {
		List<String> sources = PLANTED.getOrDefault(name, List.of());
		assertThat(sources).as("a planted violation").isNotEmpty();
		List<String> violations = PlantedClasses.compile(this.directory, sources).violationsOf(rule);
		for (String guilty : names(sources)) {
			assertThat(violations).as("violations of %s", rule.getDescription())
				.anyMatch((violation) -> violation.contains(guilty));
		}
	}

	@Test
	void rulesLeaveExemplaryClassesAlone() throws Exception {
		PlantedClasses planted = PlantedClasses.compile(this.directory, EXEMPLARY);
		for (Object[] rule : rules().toList()) {
			assertThat(planted.violationsOf((ArchRule) rule[1])).as("%s", rule[0]).isEmpty();
		}
	}

	@Test
	void nothingIsPlantedForARuleThatIsGone() {
		assertThat(rules().map((arguments) -> arguments[0])).containsExactlyInAnyOrderElementsOf(PLANTED.keySet());
	}

	/**
	 * Names of the classes that break the rule; others are there to be depended on.
	 */
	private static List<String> names(List<String> sources) {
		return sources.stream()
			.map(GUILTY::matcher)
			.filter(Matcher::find)
			.map((found) -> found.group(1) + "." + found.group(2))
			.toList();
	}

	static Stream<Object[]> rules() {
		return Stream.of(LayerRules.class, WiringRules.class, CodeRules.class)
			.flatMap((type) -> Stream.of(type.getDeclaredFields()))
			.filter((field) -> ArchRule.class.isAssignableFrom(field.getType()))
			.map((field) -> new Object[] { field.getName(), value(field) });
	}

	private static Object value(Field field) {
		try {
			return field.get(null);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
