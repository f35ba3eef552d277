/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.util.ClassUtils;

/**
 * All properties below {@code holdfast}. The processor describes a map as one property;
 * here it is opened, because what a user sets are the properties of its values. A map of
 * what it is itself a part of stays one property: the others are listed beside it.
 */
final class ConfigurationMetadata {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private static final String MAP = "java.util.Map<java.lang.String,";

	private static final String SAME = ".*";

	private final ClassLoader loader = ConfigurationMetadata.class.getClassLoader();

	private final Map<String, String> types = new HashMap<>();

	private final List<Property> properties;

	private ConfigurationMetadata(List<String> documents) {
		documents.forEach(this::addTypes);
		this.properties = documents.stream()
			.flatMap(ConfigurationMetadata::parse)
			.filter((property) -> property.name().startsWith("holdfast."))
			.flatMap(this::open)
			.toList();
	}

	static ConfigurationMetadata ofClassPath() throws IOException {
		List<String> documents = new ArrayList<>();
		for (URL url : Collections.list(ConfigurationMetadata.class.getClassLoader().getResources(METADATA))) {
			documents.add(read(url));
		}
		return new ConfigurationMetadata(documents);
	}

	static ConfigurationMetadata of(String json) {
		return new ConfigurationMetadata(List.of(json));
	}

	List<Property> properties() {
		return this.properties;
	}

	/**
	 * Property that a key sets, if there is one.
	 */
	Optional<Property> find(ConfigurationPropertyName key) {
		return this.properties.stream()
			.filter((property) -> matches(property, key))
			.findFirst()
			.or(() -> this.properties.stream().flatMap((property) -> findBeside(property, key).stream()).findFirst());
	}

	private Optional<Property> findBeside(Property map, ConfigurationPropertyName key) {
		int name = map.name().indexOf("." + Property.KEY + SAME);
		if (name < 0) {
			return Optional.empty();
		}
		ConfigurationPropertyName owner = ConfigurationPropertyName.of(map.name().substring(0, name));
		if (!owner.isAncestorOf(key) || key.getNumberOfElements() < owner.getNumberOfElements() + 2) {
			return Optional.empty();
		}
		ConfigurationPropertyName beside = owner.getParent().append(key.subName(owner.getNumberOfElements() + 1));
		return this.properties.stream().filter((property) -> matches(property, beside)).findFirst();
	}

	private static boolean matches(Property property, ConfigurationPropertyName key) {
		String[] segments = property.name().split("\\.", -1);
		boolean index = key.isLastElementIndexed() && key.getNumberOfElements() == segments.length + 1;
		if (index && !isCollection(property.type())) {
			return false;
		}
		if (!index && key.getNumberOfElements() != segments.length) {
			return false;
		}
		for (int i = 0; i < segments.length; i++) {
			String element = key.getElement(i, ConfigurationPropertyName.Form.ORIGINAL);
			if (!segments[i].equals(Property.KEY) && !segments[i].equals(element)) {
				return false;
			}
		}
		return true;
	}

	private static boolean isCollection(String type) {
		return type.startsWith("java.util.List<") || type.startsWith("java.util.Set<")
				|| type.startsWith("java.util.Collection<") || type.endsWith("[]");
	}

	private Stream<Property> open(Property property) {
		if (!property.type().startsWith(MAP)) {
			return Stream.of(property);
		}
		String type = property.type().substring(MAP.length(), property.type().length() - 1);
		String prefix = property.name() + "." + Property.KEY;
		if (type.equals(this.types.get(property.name().substring(0, property.name().lastIndexOf('.'))))) {
			return Stream.of(new Property(prefix + SAME, "", "", property.description()));
		}
		List<Property> elements = elements(type);
		if (elements.isEmpty()) {
			return Stream.of(new Property(prefix, type, "", property.description()));
		}
		return elements.stream().map((element) -> element.below(prefix)).flatMap(this::open);
	}

	/**
	 * Properties of a type: with their descriptions where the type is a
	 * {@code @ConfigurationPropertiesSource}, else by the components of the record.
	 */
	private List<Property> elements(String type) {
		URL source = this.loader.getResource("META-INF/spring/configuration-metadata/" + type + ".json");
		if (source != null) {
			return parse(read(source)).toList();
		}
		Class<?> loaded = ClassUtils.resolveClassName(type.replaceFirst("<.*", ""), this.loader);
		if (!loaded.isRecord()) {
			return List.of();
		}
		return Stream.of(loaded.getRecordComponents()).flatMap(this::component).toList();
	}

	private Stream<Property> component(RecordComponent component) {
		String name = DataObjectPropertyName.toDashedForm(component.getName());
		String type = component.getGenericType().getTypeName().replace(", ", ",");
		List<Property> nested = type.startsWith("java.") ? List.of() : elements(boxed(component));
		if (nested.isEmpty()) {
			return Stream.of(new Property(name, type.startsWith("java.util.") ? type : boxed(component), "", ""));
		}
		return nested.stream().map((element) -> element.below(name));
	}

	private static String boxed(RecordComponent component) {
		return ClassUtils.resolvePrimitiveIfNecessary(component.getType()).getName();
	}

	private void addTypes(String json) {
		JsonMapper.shared()
			.readTree(json)
			.path("groups")
			.forEach((group) -> this.types.put(group.path("name").asString(""), group.path("type").asString("")));
	}

	private static Stream<Property> parse(String json) {
		JsonNode properties = JsonMapper.shared().readTree(json).path("properties");
		return StreamSupport.stream(properties.spliterator(), false)
			.map((node) -> new Property(node.path("name").asString(""), node.path("type").asString(""),
					text(node.path("defaultValue")), node.path("description").asString("")));
	}

	private static String text(JsonNode value) {
		if (value.isArray()) {
			return String.join(", ",
					StreamSupport.stream(value.spliterator(), false).map((node) -> node.asString("")).toList());
		}
		return value.asString("");
	}

	private static String read(URL url) {
		try (InputStream stream = url.openStream()) {
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
