/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.docs;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.holdfast.docs.Pom.Dependency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The finished files of the two modules that are published. They are there when the build
 * has come to {@code verify}; before, with {@code mvn test}, these tests do not run. That
 * nothing else is published, and that the same bytes come out again, is what
 * {@code .ci/artifacts} checks.
 */
class BuiltArtifactTests {

	@Test
	void autoConfigurationNeedsSpringBootAndNothingElse() {
		assertThat(required("autoconfigure")).containsExactlyInAnyOrder("spring-boot-autoconfigure", "jspecify");
	}

	@Test
	void starterBringsWhatItsUsersGet() {
		assertThat(required("starter")).containsExactlyInAnyOrder("holdfast-spring-boot-autoconfigure",
				"spring-boot-starter-webmvc", "spring-boot-starter-actuator", "spring-boot-starter-restclient",
				"httpclient5", "micrometer-core", "context-propagation");
		assertThat(BuiltModule.of("starter").pom().dependencies()).noneMatch(Dependency::optional);
	}

	@ParameterizedTest
	@ValueSource(strings = { "autoconfigure", "starter" })
	void pomStandsAlone(String name) {
		assertThat(BuiltModule.of(name).pom().problems()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "autoconfigure", "starter" })
	void jarNamesItsModuleAndCarriesLicenceAndPom(String name) throws IOException {
		BuiltModule module = BuiltModule.of(name);
		try (JarFile jar = module.jar("")) {
			assertThat(jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
				.isEqualTo("dev.holdfast." + name);
			assertThat(BuiltModule.names(jar)).contains("META-INF/LICENSE", "META-INF/NOTICE");
			String pom = "META-INF/maven/dev.holdfast/%s/pom.xml".formatted(module.pom().artifactId());
			assertThat(BuiltModule.text(jar, pom)).isEqualTo(module.pom().text());
		}
	}

	@Test
	void sourcesAndJavadocAreComplete() throws IOException {
		BuiltModule module = BuiltModule.of("autoconfigure");
		try (JarFile sources = module.jar("-sources"); JarFile javadoc = module.jar("-javadoc")) {
			assertThat(BuiltModule.names(sources)).containsAll(module.sources("src/main/java"))
				.containsAll(module.sources("src/main/resources"))
				.doesNotContainAnyElementsOf(module.sources("src/test/java"));
			assertThat(BuiltModule.names(javadoc)).contains("index.html", "dev/holdfast/lifetime/Lifetime.html")
				.noneMatch((entry) -> entry.contains("Tests"));
		}
	}

	@Test
	void sourcesAndJavadocOfTheStarterAreThereAndEmpty() throws IOException {
		for (String suffix : List.of("-sources", "-javadoc")) {
			try (JarFile jar = BuiltModule.of("starter").jar(suffix)) {
				assertThat(BuiltModule.names(jar)).as(suffix).allMatch((entry) -> entry.startsWith("META-INF/"));
			}
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "autoconfigure", "starter" })
	void billOfMaterialsListsWhatUsersGetAndNothingOfTheTests(String name) throws IOException {
		BuiltModule module = BuiltModule.of(name);
		assumeTrue(module.hasBillOfMaterials() || Boolean.getBoolean("holdfast.ci"), "made only when Maven is online");
		JsonNode bill = module.billOfMaterials();
		assertThat(bill.path("bomFormat").asString()).isEqualTo("CycloneDX");
		assertThat(bill.path("metadata").path("component").path("purl").asString())
			.isEqualTo("pkg:maven/dev.holdfast/%s@%s?type=jar", module.pom().artifactId(), module.pom().version());
		Set<String> components = bill.path("components")
			.valueStream()
			.map((component) -> component.path("purl").asString())
			.collect(Collectors.toSet());
		assertThat(components).containsAll(module.pom().dependencies().stream().map(Dependency::purl).toList());
		assertThat(components).noneMatch((purl) -> onlyOfTheBuild(module).stream().anyMatch(purl::contains));
	}

	private static List<String> required(String name) {
		return BuiltModule.of(name)
			.pom()
			.dependencies()
			.stream()
			.filter((dependency) -> !dependency.optional())
			.map(Dependency::artifactId)
			.toList();
	}

	/**
	 * What tests and the compiler are given, as a package URL names it.
	 */
	private static List<String> onlyOfTheBuild(BuiltModule module) {
		Stream<String> tests = module.sourcePom()
			.dependencies()
			.stream()
			.filter((dependency) -> dependency.scope().equals("test"))
			.map(Dependency::artifactId);
		Stream<String> compiler = Stream.of("error_prone_core", "nullaway", "spring-boot-configuration-processor",
				"spring-boot-autoconfigure-processor", "junit-jupiter");
		return Stream.concat(tests, compiler).map((name) -> "/" + name + "@").toList();
	}

}
