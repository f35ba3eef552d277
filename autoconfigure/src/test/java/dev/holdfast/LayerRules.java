/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * Who may know whom. A package directly below {@code dev.holdfast} is a feature, and a
 * feature belongs to one layer.
 */
final class LayerRules {

	private static final String ROOT = "dev.holdfast";

	private static final List<Set<String>> LAYERS = List.of(
			// foundation
			Set.of("lifetime", "failure", "socket", "report"),
			// engines
			Set.of("concurrency", "inflight", "leak", "retry", "advice"),
			// ground of the adapters
			Set.of("settings"),
			// adapters
			Set.of("server", "client", "shutdown", "proxy", "files", "websocket", "executor", "jdbc"),
			// face
			Set.of("hardening", "console"));

	static final int ADAPTERS = 3;

	private static final int FACE = 4;

	private static final Set<String> JDK_AND_JSPECIFY = Set.of("java", "javax.crypto", "javax.management",
			"javax.naming", "javax.net", "javax.security", "javax.sql", "jdk", "com.sun.management", "org.jspecify");

	@ArchTest
	static final ArchRule EVERY_FEATURE_HAS_A_LAYER = classes().that(areNotPackageInfo())
		.should(belongToALayer())
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule FOUNDATION_KNOWS_THE_JDK_ONLY = classes().that(areInLayer(0))
		.should(knowOnly(Set.of(), JDK_AND_JSPECIFY))
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule ENGINES_KNOW_FOUNDATION_AND_JDK = classes().that(areInLayer(1))
		.should(knowOnly(LAYERS.get(0), JDK_AND_JSPECIFY))
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule GROUND_KNOWS_FOUNDATION_AND_LIBRARIES = classes().that(areInLayer(2))
		.should(knowOnly(LAYERS.get(0), Set.of()))
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule ADAPTERS_KNOW_NO_SIBLING = classes().that(areInLayer(ADAPTERS))
		.should(knowOnly(features(0, 1, 2), Set.of()))
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule FACE_KNOWS_NO_FEATURE = classes().that(areInLayer(FACE))
		.should(knowOnly(LAYERS.get(0), Set.of()))
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule PACKAGES_ARE_FREE_OF_CYCLES = slices().matching(ROOT + ".(**)")
		.should()
		.beFreeOfCycles()
		.allowEmptyShould(true);

	private LayerRules() {
	}

	/**
	 * Features of the given layers.
	 */
	static Set<String> features(int... layers) {
		return IntStream.of(layers).mapToObj(LAYERS::get).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
	}

	static DescribedPredicate<JavaClass> areInLayer(int... layers) {
		Set<String> features = features(layers);
		return DescribedPredicate.describe("are in layer " + IntStream.of(layers).boxed().toList(),
				(type) -> features.contains(feature(type)));
	}

	static DescribedPredicate<JavaClass> areNotPackageInfo() {
		return DescribedPredicate.describe("are not package-info",
				(type) -> !type.getSimpleName().equals("package-info"));
	}

	/**
	 * First package segment below the root; empty in the root itself and for everybody
	 * else's classes.
	 */
	private static String feature(JavaClass type) {
		String name = type.getBaseComponentType().getPackageName();
		if (!name.startsWith(ROOT + ".")) {
			return "";
		}
		return name.substring(ROOT.length() + 1).split("\\.", 2)[0];
	}

	private static ArchCondition<JavaClass> belongToALayer() {
		Set<String> features = features(0, 1, 2, ADAPTERS, FACE);
		return condition("belong to a layer", (type, events) -> {
			if (!features.contains(feature(type))) {
				events.add(SimpleConditionEvent.violated(type,
						type.getName() + " is in no layer: add its package to one, here and in CONTRIBUTING.md"));
			}
		});
	}

	private static ArchCondition<JavaClass> knowOnly(Set<String> features, Set<String> libraries) {
		String known = libraries.isEmpty() ? "any library" : "the JDK";
		return condition("know only themselves, " + features + " and " + known, (type, events) -> type
			.getDirectDependenciesFromSelf()
			.stream()
			.filter((dependency) -> !allowed(dependency, features, libraries))
			.forEach((dependency) -> events.add(SimpleConditionEvent.violated(type, dependency.getDescription()))));
	}

	private static boolean allowed(Dependency dependency, Set<String> features, Set<String> libraries) {
		JavaClass target = dependency.getTargetClass().getBaseComponentType();
		if (target.isPrimitive()) {
			return true;
		}
		if (isOurs(target)) {
			String feature = feature(target);
			return feature.equals(feature(dependency.getOriginClass())) || features.contains(feature);
		}
		return libraries.isEmpty()
				|| libraries.stream().anyMatch((library) -> isBelow(target.getPackageName(), library));
	}

	private static boolean isOurs(JavaClass type) {
		return isBelow(type.getPackageName(), ROOT);
	}

	private static boolean isBelow(String name, String root) {
		return name.equals(root) || name.startsWith(root + ".");
	}

	private static ArchCondition<JavaClass> condition(String description, Check check) {
		return new ArchCondition<>(description) {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				check.check(type, events);
			}

		};
	}

	private interface Check {

		void check(JavaClass type, ConditionEvents events);

	}

}
