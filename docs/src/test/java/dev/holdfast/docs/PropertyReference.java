/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.docs;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.util.ClassUtils;

/**
 * Text of {@code reference/properties.md}.
 */
final class PropertyReference {

	private static final String GENERAL = "";

	private PropertyReference() {
	}

	static String render(Collection<Property> properties) {
		StringBuilder text = new StringBuilder("# Properties\n\n" + GeneratedPage.NOTE + "\n\n");
		text.append("`" + Property.KEY + "` stands for a name of your choice.\n");
		if (properties.isEmpty()) {
			return text.append("\nThere are none yet.\n").toString();
		}
		Map<String, List<Property>> features = properties.stream()
			.collect(Collectors.groupingBy(PropertyReference::feature, TreeMap::new, Collectors.toList()));
		features.forEach((feature, rows) -> {
			text.append("\n## " + (feature.equals(GENERAL) ? "general" : feature) + "\n\n");
			text.append("| property | type | default | description |\n|---|---|---|---|\n");
			rows.forEach((row) -> text.append(row(row)));
		});
		return text.toString();
	}

	private static String feature(Property property) {
		String[] segments = property.name().split("\\.", -1);
		return (segments.length > 2) ? segments[1] : GENERAL;
	}

	private static String row(Property property) {
		return "| " + code(property.name()) + " | " + type(property.type()) + " | " + code(property.defaultValue())
				+ " | " + escape(property.description()) + " |\n";
	}

	/**
	 * What the user may write: the constants of an enum, otherwise the simple name.
	 */
	private static String type(String type) {
		ClassLoader loader = PropertyReference.class.getClassLoader();
		if (!type.contains("<") && ClassUtils.isPresent(type, loader)) {
			Class<?> loaded = ClassUtils.resolveClassName(type, loader);
			if (loaded.isEnum()) {
				return Stream.of(loaded.getEnumConstants())
					.map((constant) -> code(((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-')))
					.collect(Collectors.joining(", "));
			}
		}
		return escape(type.replaceAll("[\\w.$]*[.$](\\w+)", "$1"));
	}

	private static String code(String text) {
		return text.isEmpty() ? "" : "`" + text.replace("|", "\\|") + "`";
	}

	static String escape(String text) {
		return text.replaceAll("\\s+", " ").replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;").strip();
	}

}
