/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.docs;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.holdfast.report.MeterDescription;

import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AssignableTypeFilter;
import org.springframework.util.ClassUtils;

/**
 * Text of {@code reference/meters.md}, from the enums that the code itself registers its
 * meters by.
 */
final class MeterReference {

	private MeterReference() {
	}

	/**
	 * Constants of all enums below a package that describe meters.
	 */
	static List<MeterDescription> find(String packageName) {
		ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false) {

			@Override
			protected boolean isCandidateComponent(AnnotatedBeanDefinition definition) {
				return true;
			}

		};
		scanner.addIncludeFilter(new AssignableTypeFilter(MeterDescription.class));
		return scanner.findCandidateComponents(packageName)
			.stream()
			.map((definition) -> ClassUtils.resolveClassName(String.valueOf(definition.getBeanClassName()),
					MeterReference.class.getClassLoader()))
			.filter(Class::isEnum)
			.flatMap((type) -> Stream.of(type.getEnumConstants()))
			.map(MeterDescription.class::cast)
			.sorted(Comparator.comparing(MeterDescription::meterName))
			.toList();
	}

	static String render(Collection<MeterDescription> meters) {
		StringBuilder text = new StringBuilder("# Meters\n\n" + GeneratedPage.NOTE + "\n\n");
		text.append("Tags take the values listed here and no others. A registry may write the names its own way:\n");
		text.append("Prometheus turns dots into underscores and appends `_total` to counters.\n\n");
		if (meters.isEmpty()) {
			return text.append("There are none yet.\n").toString();
		}
		text.append("| meter | kind | unit | tags | description |\n|---|---|---|---|---|\n");
		meters.forEach((meter) -> text.append("| `" + meter.meterName() + "` | "
				+ meter.kind().name().toLowerCase(Locale.ROOT) + " | " + PropertyReference.escape(meter.unit()) + " | "
				+ tags(meter) + " | " + PropertyReference.escape(meter.description()) + " |\n"));
		return text.toString();
	}

	private static String tags(MeterDescription meter) {
		return meter.tags()
			.entrySet()
			.stream()
			.map((tag) -> "`" + tag.getKey() + "`: "
					+ tag.getValue().stream().map((value) -> "`" + value + "`").collect(Collectors.joining(", ")))
			.collect(Collectors.joining("<br>"));
	}

}
