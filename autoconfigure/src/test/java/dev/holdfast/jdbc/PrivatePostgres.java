/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * A PostgreSQL server of the tests' own: on loopback, with its data in a directory of its
 * own, for as long as this JVM runs and never longer than some minutes. Where PostgreSQL
 * is not installed tests that need it are skipped, but not in CI.
 */
final class PrivatePostgres {

	private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

	private static final String LONGEST_SECONDS = "900";

	private static @Nullable PrivatePostgres running;

	private final Path programs;

	private final String url;

	private PrivatePostgres(Path programs) {
		this.programs = programs;
		Path home = Path.of(run("mktemp", "-d", "/tmp/holdfast-postgres-XXXXXX").strip());
		Runtime.getRuntime().addShutdownHook(new Thread(() -> run("rm", "-rf", home.toString())));
		run(program("initdb"), "-D", home.resolve("data").toString(), "-U", "holdfast", "-A", "trust", "-E", "UTF8",
				"--locale=C", "--no-sync", "--no-instructions");
		int port = freePort();
		this.url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=holdfast";
		serve(home, port);
	}

	/**
	 * URL of the server, which is started by the first who asks.
	 * @return the URL
	 */
	static synchronized String url() {
		PrivatePostgres known = running;
		if (known == null) {
			Optional<Path> programs = programs();
			if (Boolean.getBoolean("holdfast.ci")) {
				assertThat(programs).describedAs("PostgreSQL, of the Debian package postgresql").isPresent();
			}
			assumeThat(programs).describedAs("PostgreSQL, of the Debian package postgresql").isPresent();
			known = new PrivatePostgres(programs.orElseThrow());
			running = known;
		}
		return known.url;
	}

	private static Optional<Path> programs() {
		if (!Files.isDirectory(VERSIONS)) {
			return Optional.empty();
		}
		try (Stream<Path> versions = Files.list(VERSIONS)) {
			return versions.map((version) -> version.resolve("bin"))
				.filter((programs) -> Files.isExecutable(programs.resolve("initdb")))
				.max(Comparator.naturalOrder());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String program(String name) {
		return this.programs.resolve(name).toString();
	}

	private void serve(Path home, int port) {
		Process server = start("timeout", "-s", "INT", "-k", "5", LONGEST_SECONDS, program("postgres"), "-D",
				home.resolve("data").toString(), "-p", Integer.toString(port), "-c", "listen_addresses=127.0.0.1", "-c",
				"unix_socket_directories=" + home, "-c", "fsync=off", "-c", "shared_buffers=16MB", "-c",
				"max_connections=40", "-c", "deadlock_timeout=5s");
		Runtime.getRuntime().addShutdownHook(new Thread(server::destroy));
		Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreException(SQLException.class).until(() -> {
			assertThat(server.isAlive()).isTrue();
			DriverManager.getConnection(this.url).close();
			return true;
		});
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String run(String... command) {
		Process process = start(command);
		try {
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).describedAs(output).isZero();
			return output;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// PostgreSQL refuses to run for root
	private static Process start(String... command) {
		List<String> line = new ArrayList<>();
		if ("root".equals(System.getProperty("user.name"))) {
			line.addAll(List.of("runuser", "-u", "postgres", "--"));
		}
		line.addAll(List.of(command));
		try {
			return new ProcessBuilder(line).directory(Path.of("/").toFile()).redirectErrorStream(true).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
