/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A page that is made from the code and committed, so that it can be read without a build
 * and a change of it is seen in a review.
 *
 * @param file where it is committed
 * @param text what it has to say
 */
record GeneratedPage(Path file, String text) {

	static final String COMMAND = "mvn -B -pl docs -am verify -Dholdfast.docs.write=true";

	static final String NOTE = "<!-- Generated, do not edit. To write it again: " + COMMAND + " -->";

	void writeOrCompare() throws IOException {
		if (Boolean.getBoolean("holdfast.docs.write")) {
			write();
		}
		compare();
	}

	void write() throws IOException {
		Files.createDirectories(this.file.getParent());
		Files.writeString(this.file, this.text);
	}

	void compare() throws IOException {
		if (!Files.exists(this.file)) {
			throw stale("is missing");
		}
		List<String> committed = Files.readString(this.file).lines().toList();
		List<String> generated = this.text.lines().toList();
		for (int i = 0; i < Math.max(committed.size(), generated.size()); i++) {
			String is = (i < committed.size()) ? committed.get(i) : "(end)";
			String should = (i < generated.size()) ? generated.get(i) : "(end)";
			if (!is.equals(should)) {
				throw stale("is stale in line %d%n  committed: %s%n  generated: %s%n".formatted(i + 1, is, should));
			}
		}
	}

	private AssertionError stale(String what) {
		return new AssertionError("%s %s. To write it again: %s".formatted(this.file, what, COMMAND));
	}

}
