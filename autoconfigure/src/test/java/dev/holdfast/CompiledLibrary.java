/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.holdfast.report.MeterDescription;

/**
 * The library as it was compiled, without the tests and without anybody else's jars.
 */
final class CompiledLibrary {

	private final Path root;

	CompiledLibrary() {
		try {
			this.root = Path.of(MeterDescription.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException("The library is not in a folder", ex);
		}
	}

	Optional<String> text(String name) throws IOException {
		Path file = this.root.resolve(name);
		return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
	}

	List<Class<?>> annotatedWith(String annotation) {
		return new ClassFileImporter().importPath(this.root)
			.stream()
			.filter((type) -> type.isAnnotatedWith(annotation))
			.<Class<?>>map(JavaClass::reflect)
			.toList();
	}

}
