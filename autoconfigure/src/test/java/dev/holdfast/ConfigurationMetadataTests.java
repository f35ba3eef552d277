/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.ConfigurationProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The help that an IDE shows for {@code holdfast.*}. Hand-written additions are in the
 * generated file as well: the processor merges them.
 */
class ConfigurationMetadataTests {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private static final Pattern ARTICLE = Pattern.compile("(The|A|An) .*", Pattern.DOTALL);

	private static final Pattern SECOND_SENTENCE = Pattern.compile("[.!?]\\s+[A-Z]");

	private static final Pattern CONTAINER = Pattern.compile("java\\.util\\.(Map|List|Set|Collection)<.*|.*\\[]");

	private static final Pattern DOCUMENTED_DEFAULT = Pattern
		.compile("\\b(default|unset|not set|unlimited unless|automatic|auto)\\b", Pattern.CASE_INSENSITIVE);

	/**
	 * What Spring Boot's processor adds for each endpoint, in its own words.
	 */
	private static final Pattern ENDPOINT = Pattern
		.compile("management\\.endpoint\\.[a-z]+\\.(access|cache\\.time-to-live)");

	private final CompiledLibrary library = new CompiledLibrary();

	@Test
	void eachPropertyIsDescribed() throws IOException {
		String text = this.library.text(METADATA).orElse("{}");
		assertThat(problems(text)).isEmpty();
	}

	@Test
	void metadataIsThereWhereThereAreProperties() throws IOException {
		if (!this.library.annotatedWith(ConfigurationProperties.class.getName()).isEmpty()) {
			JsonNode properties = JsonMapper.shared()
				.readTree(this.library.text(METADATA).orElse("{}"))
				.path("properties");
			assertThat(properties).as("properties in %s", METADATA).isNotEmpty();
		}
	}

	@ParameterizedTest(name = "{4}")
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					-                  | 1 | Maximum wait.                       | holdfast.a | has no type
					java.lang.Integer  | 1 | -                                   | holdfast.a | has no description
					java.lang.Integer  | 1 | Maximum wait                        | holdfast.a | does not end with a full stop
					java.lang.Integer  | 1 | The wait.                           | holdfast.a | begins with an article
					java.lang.Integer  | 1 | Maximum wait. Zero refuses.         | holdfast.a | is more than one sentence
					java.lang.Boolean  | 1 | Turns it on.                        | holdfast.a | does not begin with Whether or Enable
					java.lang.Integer  | - | Maximum wait.                       | holdfast.a | has no default
					java.lang.Integer  | 1 | Maximum wait.                       | acme.a     | is outside our namespace
					java.lang.Integer  | 1 | Maximum wait.                       | management.endpoint.a | is outside our namespace
					""")
	void faultIsFound(@Nullable String type, @Nullable String value, @Nullable String description, String name,
			String problem) {
		assertThat(problems(metadata(name, type, value, description))).singleElement().asString().contains(problem);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			java.lang.Boolean  | true | Whether to wait.
			java.lang.Boolean  | true | Enable waiting.
			java.lang.Integer  | -    | Maximum wait, unlimited by default.
			java.util.Map<java.lang.String,java.lang.String> | - | Headers by name, e.g. of a proxy.
			""")
	void goodDescriptionIsAccepted(String type, @Nullable String value, String description) {
		assertThat(problems(metadata("holdfast.a", type, value, description))).isEmpty();
	}

	@Test
	void propertyOfTwoFeaturesIsFound() {
		String one = "{\"name\":\"holdfast.a\",\"type\":\"java.lang.Integer\",\"defaultValue\":1,\"description\":\"Wait.\"}";
		assertThat(problems("{\"properties\":[" + one + "," + one + "]}")).singleElement().asString().contains("twice");
	}

	private static String metadata(String name, @Nullable String type, @Nullable String value,
			@Nullable String description) {
		StringBuilder text = new StringBuilder("{\"properties\":[{\"name\":\"" + name + '"');
		append(text, "type", type);
		append(text, "defaultValue", value);
		append(text, "description", description);
		return text.append("}]}").toString();
	}

	private static void append(StringBuilder text, String name, @Nullable String value) {
		if (value != null) {
			text.append(",\"" + name + "\":\"" + value + '"');
		}
	}

	private static List<String> problems(String json) {
		List<String> problems = new ArrayList<>();
		Set<String> names = new HashSet<>();
		for (JsonNode property : JsonMapper.shared().readTree(json).path("properties")) {
			String name = property.path("name").asString("");
			if (ENDPOINT.matcher(name).matches()) {
				continue;
			}
			if (!names.add(name)) {
				problems.add(name + " is there twice");
			}
			faults(name, property).forEach((fault) -> problems.add(name + " " + fault));
		}
		return problems;
	}

	private static List<String> faults(String name, JsonNode property) {
		String type = property.path("type").asString("");
		String description = property.path("description").asString("");
		List<String> faults = new ArrayList<>();
		check(faults, !name.startsWith("holdfast."), "is outside our namespace");
		check(faults, type.isEmpty(), "has no type");
		if (description.isEmpty()) {
			faults.add("has no description: write an @param for the record component");
			return faults;
		}
		check(faults, !description.endsWith("."), "has a description that does not end with a full stop");
		check(faults, ARTICLE.matcher(description).matches(), "has a description that begins with an article");
		check(faults, SECOND_SENTENCE.matcher(description).find(), "has a description that is more than one sentence");
		check(faults, type.equals("java.lang.Boolean") && !description.matches("(Whether|Enable) .*"),
				"has a description that does not begin with Whether or Enable");
		check(faults,
				property.path("defaultValue").isMissingNode() && !CONTAINER.matcher(type).matches()
						&& !DOCUMENTED_DEFAULT.matcher(description).find(),
				"has no default: give it one, or say in the description what holds by default");
		return faults;
	}

	private static void check(List<String> faults, boolean faulty, String fault) {
		if (faulty) {
			faults.add(fault);
		}
	}

}
