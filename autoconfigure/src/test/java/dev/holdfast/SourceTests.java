/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What only the source can show: {@code synchronized} blocks of engines and adapters,
 * which pin virtual threads on JDK 21 to 23 as synchronized methods do.
 */
class SourceTests {

	private static final Pattern NOT_CODE = Pattern
		.compile("\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\n])*\"|//[^\n]*|/\\*.*?\\*/", Pattern.DOTALL);

	private static final Pattern BLOCK = Pattern.compile("\\bsynchronized\\s*\\(");

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path directory;

	@Test
	void enginesAndAdaptersHaveNoSynchronizedBlocks() throws IOException {
		Path sources = Path.of("src", "main", "java", "dev", "holdfast");
		assertThat(sources).isDirectory();
		assertThat(synchronizedBlocks(sources)).isEmpty();
	}

	@Test
	void aSynchronizedBlockIsFound() throws IOException {
		plant("retry", "void run() { synchronized  (this) { } }");
		plant("server/tomcat", "void run() {\n\tsynchronized(this) { } }");
		plant("lifetime", "void run() { synchronized (this) { } }");
		plant("client", "// synchronized (this)\n/* synchronized (this) */ String a = \"synchronized (this)\"; ");
		assertThat(synchronizedBlocks(this.directory)).containsExactly("retry/Planted.java",
				"server/tomcat/Planted.java");
	}

	private void plant(String folder, String text) throws IOException {
		Files.writeString(Files.createDirectories(this.directory.resolve(folder)).resolve("Planted.java"), text);
	}

	private static List<String> synchronizedBlocks(Path sources) throws IOException {
		try (Stream<Path> files = Files.walk(sources)) {
			return files.filter((file) -> file.toString().endsWith(".java"))
				.filter((file) -> LayerRules.features(1, 2, LayerRules.ADAPTERS)
					.contains(sources.relativize(file).getName(0).toString()))
				.filter(SourceTests::hasSynchronizedBlock)
				.map((file) -> sources.relativize(file).toString().replace('\\', '/'))
				.sorted()
				.toList();
		}
	}

	private static boolean hasSynchronizedBlock(Path file) {
		try {
			Matcher code = NOT_CODE.matcher(Files.readString(file));
			return BLOCK.matcher(code.replaceAll("")).find();
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot read " + file, ex);
		}
	}

}
