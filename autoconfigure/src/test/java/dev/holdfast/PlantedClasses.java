/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Classes made from source text for one test, as if somebody had added them to the
 * library. They bear the names of real packages, so they have to bear names of their own.
 */
final class PlantedClasses {

	private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");

	private static final Pattern TYPE = Pattern.compile(
			"^(?:public |abstract |sealed |non-sealed |final )*" + "(?:class|interface|record|enum) (\\w+)",
			Pattern.MULTILINE);

	private final Path output;

	private PlantedClasses(Path output) {
		this.output = output;
	}

	static PlantedClasses compile(Path directory, List<String> sources) throws IOException {
		Path output = Files.createDirectories(directory.resolve("classes"));
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		assertThat(compiler).as("compiler: these tests need a JDK").isNotNull();
		List<Path> files = sources.stream().map((source) -> write(directory, source)).toList();
		try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
			boolean compiled = compiler
				.getTask(null, manager, null,
						List.of("--release", "17", "-proc:none", "-nowarn", "-d", output.toString(), "-cp",
								System.getProperty("java.class.path", "")),
						null, manager.getJavaFileObjectsFromPaths(files))
				.call();
			assertThat(compiled).as("the planted sources compile").isTrue();
		}
		return new PlantedClasses(output);
	}

	private static Path write(Path directory, String source) {
		String folder = find(PACKAGE, source).replace('.', '/');
		try {
			return Files.writeString(Files.createDirectories(directory.resolve("sources/" + folder))
				.resolve(find(TYPE, source) + ".java"), source);
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot write a planted source", ex);
		}
	}

	private static String find(Pattern pattern, String source) {
		Matcher matcher = pattern.matcher(source);
		assertThat(matcher.find()).as("%s in %s", pattern, source).isTrue();
		return matcher.group(1);
	}

	/**
	 * What the rule says about these classes and nothing else.
	 */
	List<String> violationsOf(ArchRule rule) throws IOException {
		ClassLoader before = Thread.currentThread().getContextClassLoader();
		try (URLClassLoader planted = new URLClassLoader(new URL[] { this.output.toUri().toURL() }, before)) {
			Thread.currentThread().setContextClassLoader(planted);
			JavaClasses classes = new ClassFileImporter().importPath(this.output);
			return rule.evaluate(classes).getFailureReport().getDetails();
		}
		finally {
			Thread.currentThread().setContextClassLoader(before);
		}
	}

}
