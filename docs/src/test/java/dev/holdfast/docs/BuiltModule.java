/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.docs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the build has made of a module: the files that are published.
 *
 * @param folder of the module
 * @param pom the one that is published, not the one of the sources
 */
record BuiltModule(Path folder, Pom pom) {

	private static final String BILL_OF_MATERIALS = "bom.json";

	static BuiltModule of(String name) {
		Path folder = Repository.root().resolve(name);
		return new BuiltModule(folder, Pom.parse(read(folder.resolve(".flattened-pom.xml"))));
	}

	Pom sourcePom() {
		return Pom.parse(read(this.folder.resolve("pom.xml")));
	}

	JarFile jar(String suffix) throws IOException {
		return new JarFile(built(this.pom.artifactId() + "-" + this.pom.version() + suffix + ".jar").toFile());
	}

	boolean hasBillOfMaterials() {
		return Files.exists(built(BILL_OF_MATERIALS));
	}

	JsonNode billOfMaterials() {
		return JsonMapper.shared().readTree(read(built(BILL_OF_MATERIALS)));
	}

	/**
	 * Paths of all files below a folder of sources, as a jar would name them.
	 */
	Set<String> sources(String name) throws IOException {
		Path sources = this.folder.resolve(name);
		try (var files = Files.walk(sources)) {
			return files.filter(Files::isRegularFile)
				.map((file) -> sources.relativize(file).toString())
				.collect(Collectors.toSet());
		}
	}

	static Set<String> names(JarFile jar) {
		return jar.stream().filter((entry) -> !entry.isDirectory()).map(JarEntry::getName).collect(Collectors.toSet());
	}

	static String text(JarFile jar, String name) throws IOException {
		try (InputStream in = jar.getInputStream(jar.getEntry(name))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private Path built(String name) {
		return this.folder.resolve("target").resolve(name);
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("%s has not been built: mvn -B -pl docs -am verify".formatted(file), ex);
		}
	}

}
