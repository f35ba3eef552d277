/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.tool;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Programs of others that scenarios start.
 */
public enum Tool {

	HAPROXY("haproxy"), NGINX("nginx-light"), WRK("wrk"), H2LOAD("nghttp2-client");

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
		return Stream.concat(Stream.of(path.split(File.pathSeparator, -1)), Stream.of("/usr/sbin"))
			.map((folder) -> Path.of(folder, program()))
			.filter(Files::isExecutable)
			.findFirst();
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
