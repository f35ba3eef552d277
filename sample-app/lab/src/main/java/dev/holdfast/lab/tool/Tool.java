/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.tool;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Programs of others that scenarios start.
 */
public enum Tool {

	HAPROXY("haproxy"), NGINX("nginx-light"), WRK("wrk"), H2LOAD("nghttp2-client"), POSTGRES("postgresql");

	/** Each version of PostgreSQL has a folder of its own, with all its programs. */
	private static final Path POSTGRESQL = Path.of("/usr/lib/postgresql");

	private final String debianPackage;

	Tool(String debianPackage) {
		this.debianPackage = debianPackage;
	}

	/**
	 * Looks on the path, and where Debian has servers, which is not on everybody's path.
	 * @return the program, if it is installed
	 */
	public Optional<Path> find() {
		String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
		return Stream
			.of(Stream.of(path.split(File.pathSeparator, -1)).map(Path::of), Stream.of(Path.of("/usr/sbin")),
					newestFirst(POSTGRESQL).stream().map((version) -> version.resolve("bin")))
			.flatMap((folders) -> folders)
			.map((folder) -> folder.resolve(program()))
			.filter(Files::isExecutable)
			.findFirst();
	}

	static List<Path> newestFirst(Path folder) {
		if (!Files.isDirectory(folder)) {
			return List.of();
		}
		try (Stream<Path> versions = Files.list(folder)) {
			return versions.filter((version) -> number(version).matches("[1-9][0-9]{0,3}"))
				.sorted(Comparator.comparingInt((Path version) -> Integer.parseInt(number(version))).reversed())
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String number(Path version) {
		return String.valueOf(version.getFileName());
	}

	/**
	 * Where it is.
	 * @return the program
	 * @throws IllegalStateException if it is not installed
	 */
	public Path path() {
		return find().orElseThrow(() -> new IllegalStateException(missing()));
	}

	/**
	 * What is to be done where it is missing.
	 * @return the remedy
	 */
	public String missing() {
		return program() + " is missing, install the Debian package " + this.debianPackage;
	}

	private String program() {
		return name().toLowerCase(Locale.ROOT);
	}

}
