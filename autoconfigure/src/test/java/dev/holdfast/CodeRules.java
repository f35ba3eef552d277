/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast;

import java.util.Set;
import java.util.concurrent.TimeUnit;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

/**
 * What the code of the library never does.
 */
final class CodeRules {

	/**
	 * Classes that may be extended. Each has a line in its Javadoc that says how.
	 */
	private static final Set<String> OPEN_BY_DESIGN = Set.of();

	@ArchTest
	static final ArchRule NOBODY_SLEEPS = noClasses().should()
		.accessTargetWhere(isNamed(Thread.class, "sleep").or(isNamed(TimeUnit.class, "sleep")))
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule NOBODY_READS_THE_WALL_CLOCK = noClasses().should()
		.accessTargetWhere(isNamed(System.class, "currentTimeMillis"))
		.allowEmptyShould(true);

	/**
	 * A virtual thread that blocks inside is pinned to its carrier on JDK 21 to 23.
	 * Blocks are not in reach of this rule: see {@code SourceTests}.
	 */
	@ArchTest
	static final ArchRule NO_METHOD_IS_SYNCHRONIZED = noMethods().that(areInEnginesOrAdapters())
		.should()
		.haveModifier(JavaModifier.SYNCHRONIZED)
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule CLASSES_ARE_CLOSED = classes().that(canBeExtended())
		.should()
		.haveModifier(JavaModifier.FINAL)
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule NAMES_SAY_WHAT_A_TYPE_DOES = classes().should()
		.haveNameNotMatching(".*(Manager|Helper|Utils?|Impl)")
		.allowEmptyShould(true);

	private CodeRules() {
	}

	private static DescribedPredicate<JavaAccess<?>> isNamed(Class<?> owner, String method) {
		return DescribedPredicate.describe("is " + owner.getSimpleName() + "." + method,
				(access) -> access.getTargetOwner().isEquivalentTo(owner) && access.getName().equals(method));
	}

	private static DescribedPredicate<JavaMethod> areInEnginesOrAdapters() {
		DescribedPredicate<JavaClass> layers = LayerRules.areInLayer(1, 2, LayerRules.ADAPTERS);
		return DescribedPredicate.describe(layers.getDescription(), (method) -> layers.test(method.getOwner()));
	}

	private static DescribedPredicate<JavaClass> canBeExtended() {
		return DescribedPredicate.describe("are neither abstract, sealed nor open by design",
				(type) -> !type.isInterface() && !type.isEnum() && !type.isAnonymousClass()
						&& !type.getModifiers().contains(JavaModifier.ABSTRACT)
						&& !type.getModifiers().contains(JavaModifier.SYNTHETIC)
						&& !OPEN_BY_DESIGN.contains(type.getName()) && !type.reflect().isSealed());
	}

}
