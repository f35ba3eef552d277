/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class CoresTests {

	@Test
	void serverBeginsOnAllCoresAndIsMovedWithEveryThread() throws Exception {
		Cores cores = Cores.detect();
		assumeTrue(cores.isPinned(), "needs taskset and two cores");
		List<String> command = new ArrayList<>(cores.startPrefix());
		Path classes = Path.of(CoresTests.class.getProtectionDomain().getCodeSource().getLocation().toURI());
		command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				classes.toString(), Server.class.getName()));
		Process process = new ProcessBuilder(command).start();
		try {
			assertThat(process.inputReader().readLine()).isEqualTo("up");
			Path state = Path.of("/proc", Long.toString(process.pid()));
			assertThat(allowed(state)).isEqualTo(cores.allowed());
			cores.pinServer(process.pid());
			try (Stream<Path> threads = Files.list(state.resolve("task"))) {
				assertThat(threads.toList()).hasSizeGreaterThan(Server.THREADS)
					.allSatisfy((thread) -> assertThat(allowed(thread)).isEqualTo(cores.allowed().subList(0, 1)));
			}
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Test
	void nothingIsMovedWhereNothingIsPinned() throws Exception {
		Cores cores = new Cores(List.of(0, 1), false);
		assertThat(cores.startPrefix()).isEmpty();
		cores.pinServer(-1);
	}

	private static List<Integer> allowed(Path process) throws IOException {
		return Files.readAllLines(process.resolve("status"))
			.stream()
			.filter((line) -> line.startsWith("Cpus_allowed_list:"))
			.map((line) -> Cores.parse(line.substring(line.indexOf(':') + 1).trim()))
			.findFirst()
			.orElseThrow();
	}

	/**
	 * Has threads that do nothing, until it is ended.
	 */
	public static final class Server {

		static final int THREADS = 20;

		private Server() {
		}

		public static void main(String[] args) {
			for (int i = 0; i < THREADS; i++) {
				new Thread(() -> LockSupport.parkNanos(TimeUnit.MINUTES.toNanos(1))).start();
			}
			System.out.println("up");
		}

	}

}
