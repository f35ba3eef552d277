/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GeneratedPageTests {

	@TempDir
	Path directory;

	@Test
	void missingPageFails() {
		assertFails("is missing", "a\n");
	}

	@Test
	void changedLineFails() throws IOException {
		committed("a\nb\nc\n");
		assertFails("line 2", "a\nB\nc\n");
	}

	@Test
	void lineTooManyFails() throws IOException {
		committed("a\nb\n");
		assertFails("line 2", "a\n");
	}

	@Test
	void lineTooFewFails() throws IOException {
		committed("a\n");
		assertFails("line 2", "a\nb\n");
	}

	@Test
	void lineEndingsOfAnotherPlatformPass() throws IOException {
		committed("a\r\nb\r\n");
		assertThatCode(() -> page("a\nb\n").compare()).doesNotThrowAnyException();
	}

	@Test
	void writtenPagePasses() throws IOException {
		page("a\n").write();
		assertThatCode(() -> page("a\n").compare()).doesNotThrowAnyException();
	}

	private void committed(String text) throws IOException {
		Files.createDirectories(page("").file().getParent());
		Files.writeString(page("").file(), text);
	}

	private void assertFails(String reason, String generated) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> page(generated).compare())
			.withMessageContaining(reason)
			.withMessageContaining("mvn -B -pl docs -am verify -Dholdfast.docs.write=true");
	}

	private GeneratedPage page(String text) {
		return new GeneratedPage(this.directory.resolve("reference/page.md"), text);
	}

}
