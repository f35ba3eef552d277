/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Processor time that a process has used, user and system together, from the kernel's
 * books.
 */
public final class ProcessCpu {

	/** Fixed on Linux for user space (USER_HZ). */
	private static final long NANOS_PER_TICK = 10_000_000;

	private final Path stat;

	ProcessCpu(long pid) {
		this.stat = Path.of("/proc", Long.toString(pid), "stat");
	}

	public Duration used() throws IOException {
		return parse(Files.readString(this.stat));
	}

	static Duration parse(String stat) {
		String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
		return Duration.ofNanos((Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * NANOS_PER_TICK);
	}

}
