/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.docs;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.holdfast.report.MeterDescription;
import dev.holdfast.report.Mode;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

class ReferenceTests {

	private static final Path REFERENCE = Repository.root().resolve("docs/reference");

	@Test
	void propertiesAreUpToDate() throws IOException {
		String text = PropertyReference.render(ConfigurationMetadata.ofClassPath().properties());
		new GeneratedPage(REFERENCE.resolve("properties.md"), text).writeOrCompare();
	}

	@Test
	void eachPropertyIsDescribed() throws IOException {
		assertThat(ConfigurationMetadata.ofClassPath().properties())
			.filteredOn((property) -> property.description().isEmpty())
			.as("properties without description; for those of a map's values put @ConfigurationPropertiesSource on "
					+ "the type of the values")
			.isEmpty();
	}

	@Test
	void metersAreUpToDate() throws IOException {
		String text = MeterReference.render(meters());
		new GeneratedPage(REFERENCE.resolve("meters.md"), text).writeOrCompare();
	}

	@Test
	void metersAreNamedOnceAndDescribed() {
		assertThat(meters()).extracting(MeterDescription::meterName)
			.doesNotHaveDuplicates()
			.allMatch((name) -> name.matches("holdfast(\\.[a-z][a-z0-9]*)+"));
		assertThat(meters()).extracting(MeterDescription::description).allMatch((text) -> text.endsWith("."));
	}

	@Test
	void propertyIsOneRowBelowItsFeature() {
		String text = PropertyReference.render(ConfigurationMetadata
			.of("""
					{"properties":[
					{"name":"holdfast.enabled","type":"java.lang.Boolean","defaultValue":true,"description":"Whether | to."},
					{"name":"holdfast.gate.max-wait","type":"java.time.Duration","defaultValue":"250ms","description":"Wait."},
					{"name":"holdfast.gate.mode","type":"dev.holdfast.report.Mode","description":"Mode."},
					{"name":"other.key","type":"java.lang.String"}]}
					""")
			.properties());
		assertThat(text)
			.containsSubsequence("## general", "| `holdfast.enabled` | Boolean | `true` | Whether \\| to. |", "## gate",
					"| `holdfast.gate.max-wait` | Duration | `250ms` | Wait. |",
					"| `holdfast.gate.mode` | `off`, `observe`, `enforce` |  | Mode. |")
			.doesNotContain("other.key");
	}

	@Test
	void mapIsOpenedDownToThePropertiesOfItsValues() {
		assertThat(ConfigurationMetadata.of("""
				{"properties":[
				{"name":"holdfast.headers","type":"java.util.Map<java.lang.String,java.lang.String>"},
				{"name":"holdfast.routes","type":"java.util.Map<java.lang.String,%s>"}]}
				""".formatted(Route.class.getName())).properties()).extracting(Property::name, Property::type)
			.containsExactly(tuple("holdfast.headers.<name>", "java.lang.String"),
					tuple("holdfast.routes.<name>.max-body", "java.lang.Integer"),
					tuple("holdfast.routes.<name>.methods", "java.util.List<java.lang.String>"),
					tuple("holdfast.routes.<name>.deeper.mode", "dev.holdfast.report.Mode"),
					tuple("holdfast.routes.<name>.tags.<name>", "java.lang.Integer"));
	}

	@Test
	void mapOfWhatItIsPartOfStaysOneProperty() {
		ConfigurationMetadata metadata = ConfigurationMetadata.of("""
				{"groups":[{"name":"holdfast.gate","type":"com.example.Gate"}],
				"properties":[
				{"name":"holdfast.gate.max-wait","type":"java.time.Duration"},
				{"name":"holdfast.gate.named","type":"java.util.Map<java.lang.String,com.example.Gate>"}]}
				""");
		assertThat(metadata.properties()).extracting(Property::name)
			.containsExactly("holdfast.gate.max-wait", "holdfast.gate.named.<name>.*");
		assertThat(metadata.find(ConfigurationPropertyName.of("holdfast.gate.named.north.max-wait"))).isPresent();
		assertThat(metadata.find(ConfigurationPropertyName.of("holdfast.gate.named.north.gone"))).isEmpty();
		assertThat(metadata.find(ConfigurationPropertyName.of("holdfast.gate.named.north.named.south.max-wait")))
			.isEmpty();
		assertThat(metadata.find(ConfigurationPropertyName.of("holdfast.gate.named.max-wait"))).isEmpty();
	}

	@Test
	void metersOfAHiddenEnumAreFound() {
		assertThat(MeterReference.render(MeterReference.find("dev.holdfast.docs"))).contains("| `holdfast.test.shed` "
				+ "| counter | requests | `reason`: `limit`, `queue`<br>`mode`: `off` | Requests, refused. |");
	}

	@Test
	void nothingIsSaidToBeNothing() {
		assertThat(PropertyReference.render(List.of())).contains("There are none yet.");
		assertThat(MeterReference.render(List.of())).contains("There are none yet.");
	}

	private static List<MeterDescription> meters() {
		return MeterReference.find("dev.holdfast")
			.stream()
			.filter((meter) -> !(meter instanceof PlantedMeters))
			.toList();
	}

	record Route(int maxBody, List<String> methods, Deeper deeper, Map<String, Integer> tags) {
	}

	record Deeper(Mode mode) {
	}

	private enum PlantedMeters implements MeterDescription {

		SHED {

			@Override
			public String meterName() {
				return "holdfast.test.shed";
			}

		};

		@Override
		public Kind kind() {
			return Kind.COUNTER;
		}

		@Override
		public String unit() {
			return "requests";
		}

		@Override
		public String description() {
			return "Requests, refused.";
		}

		@Override
		public Map<String, List<String>> tags() {
			Map<String, List<String>> tags = new LinkedHashMap<>();
			tags.put("reason", List.of("limit", "queue"));
			tags.put("mode", List.of("off"));
			return tags;
		}

	}

}
