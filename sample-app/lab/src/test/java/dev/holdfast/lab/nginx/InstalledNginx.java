/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.nginx;

import java.nio.file.Path;
import java.util.Optional;

import dev.holdfast.lab.tool.Tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The nginx of this machine. Where there is none, tests that need it are skipped, but not
 * in CI.
 */
public final class InstalledNginx {

	private InstalledNginx() {
	}

	public static Path program() {
		Optional<Path> program = Tool.NGINX.find();
		if (Boolean.getBoolean("holdfast.ci")) {
			assertThat(program).describedAs("nginx, of the Debian package nginx-light").isPresent();
		}
		assumeThat(program).isPresent();
		return program.orElseThrow();
	}

}
