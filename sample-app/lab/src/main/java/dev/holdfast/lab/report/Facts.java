/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * What one has to know of the machine to read a figure.
 *
 * @param text one line
 */
public record Facts(String text) {

	public static Facts of(int serverJava, int cores, boolean pinned, int serverCores) {
		return new Facts(String.format(Locale.ROOT,
				"%s, %d cores (%s), Linux %s, server on JDK %d with -Xmx512m on %d %s, generator on JDK %d, "
						+ "load average %.1f at the start, %s",
				processor(), cores, pinned ? "server and generator pinned to one each" : "not pinned",
				System.getProperty("os.version"), serverJava, serverCores, (serverCores == 1) ? "core" : "cores",
				Runtime.version().feature(), ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
				LocalDate.now(ZoneOffset.UTC)));
	}

	private static String processor() {
		try {
			return Files.readAllLines(Path.of("/proc/cpuinfo"))
				.stream()
				.filter((line) -> line.startsWith("model name"))
				.map((line) -> line.substring(line.indexOf(':') + 1).trim())
				.findFirst()
				.orElse("unknown processor");
		}
		catch (IOException ex) {
			return "unknown processor";
		}
	}

}
