/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ToolTests {

	@Test
	void newestVersionIsTakenByNumber(@TempDir Path folder) throws IOException {
		for (String name : List.of("9", "15", "common", "17.old", "16")) {
			Files.createDirectory(folder.resolve(name));
		}
		assertThat(Tool.newestFirst(folder)).extracting((version) -> String.valueOf(version.getFileName()))
			.containsExactly("16", "15", "9");
	}

	@Test
	void folderThatIsNotThereHasNoVersion(@TempDir Path folder) {
		assertThat(Tool.newestFirst(folder.resolve("nothing"))).isEmpty();
	}

	@Test
	void missingToolIsToldWithItsPackage() {
		assertThat(Tool.POSTGRES.missing()).isEqualTo("postgres is missing, install the Debian package postgresql");
	}

}
