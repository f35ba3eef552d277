/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.members;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

/**
 * How beans are wired: what Spring Boot demands of its own auto-configurations.
 */
final class WiringRules {

	@ArchTest
	static final ArchRule AUTO_CONFIGURATIONS_ARE_PUBLIC_AND_FINAL = classes().that()
		.areAnnotatedWith(AutoConfiguration.class)
		.should()
		.bePublic()
		.andShould()
		.haveModifier(JavaModifier.FINAL)
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule AUTO_CONFIGURATIONS_HAVE_NO_PUBLIC_MEMBERS = members().that(areNotConstructors())
		.and()
		.areDeclaredInClassesThat()
		.areMetaAnnotatedWith(Configuration.class)
		.should()
		.notBePublic()
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule NESTED_CONFIGURATIONS_ARE_NOT_PUBLIC = noClasses().that()
		.areMetaAnnotatedWith(Configuration.class)
		.and()
		.areNestedClasses()
		.should()
		.bePublic()
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule BEAN_METHODS_ARE_PACKAGE_PRIVATE = methods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.bePackagePrivate()
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule BEAN_METHODS_RETURN_A_VISIBLE_TYPE = noMethods().that()
		.areAnnotatedWith(Bean.class)
		.should()
		.haveRawReturnType(DescribedPredicate.describe("private, Object or void",
				(type) -> type.getModifiers().contains(JavaModifier.PRIVATE) || type.isEquivalentTo(Object.class)
						|| type.isEquivalentTo(void.class)))
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule CLASS_CONDITIONS_STAND_ON_CLASSES = noMethods().should()
		.beMetaAnnotatedWith(ConditionalOnClass.class)
		.orShould()
		.beMetaAnnotatedWith(ConditionalOnMissingClass.class)
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule POST_PROCESSORS_COME_FROM_STATIC_METHODS = methods().that()
		.areAnnotatedWith(Bean.class)
		.and(makePostProcessors())
		.should()
		.beStatic()
		.allowEmptyShould(true);

	@ArchTest
	static final ArchRule FIELDS_ARE_NOT_INJECTED = noFields().should()
		.beMetaAnnotatedWith(Autowired.class)
		.allowEmptyShould(true);

	private WiringRules() {
	}

	private static DescribedPredicate<JavaMember> areNotConstructors() {
		return DescribedPredicate.describe("are not constructors", (member) -> !(member instanceof JavaConstructor)
				&& !member.getModifiers().contains(JavaModifier.SYNTHETIC));
	}

	private static DescribedPredicate<JavaMethod> makePostProcessors() {
		return DescribedPredicate.describe("make post-processors", (method) -> {
			JavaClass type = method.getRawReturnType();
			return type.isAssignableTo(BeanPostProcessor.class) || type.isAssignableTo(BeanFactoryPostProcessor.class);
		});
	}

}
