/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.holdfast.lab.app.FreePorts;
import dev.holdfast.lab.tool.Tool;
import dev.holdfast.lab.tool.ToolProcess;

import org.springframework.util.FileSystemUtils;

/**
 * A running PostgreSQL with a cluster of its own; closing it ends the process and deletes
 * the cluster, whatever happened.
 * <p>
 * It listens on the loopback address only and asks for a password: whoever may do
 * everything in a database may do everything that its owner may. Its programs refuse to
 * run as root, so root lends them to the user of the Debian package.
 */
public final class Postgres implements AutoCloseable {

	private static final String USER = "demo";

	private static final String DATABASE = "postgres";

	/** User of the Debian package. */
	private static final String OWNER = "postgres";

	private static final Duration START_LIMIT = Duration.ofSeconds(20);

	private static final Duration INIT_LIMIT = Duration.ofSeconds(60);

	private final ToolProcess process;

	private final String url;

	private final String password;

	private final Path settings;

	private Postgres(ToolProcess process, String url, String password, Path settings) {
		this.process = process;
		this.url = url;
		this.password = password;
		this.settings = settings;
	}

	/**
	 * What is missing on this machine.
	 * @return the remedy, empty if it can be started
	 */
	public static Optional<String> missing() {
		if (Tool.POSTGRES.find().isEmpty()) {
			return Optional.of(Tool.POSTGRES.missing());
		}
		try {
			owner();
			return Optional.empty();
		}
		catch (IOException ex) {
			return Optional.of("PostgreSQL does not run as root, and there is no user " + OWNER);
		}
	}

	/**
	 * Makes a cluster, starts it and waits until it takes connections.
	 * @return the database
	 * @throws IOException if it does not come up
	 * @throws InterruptedException if interrupted
	 */
	public static Postgres start() throws IOException, InterruptedException {
		Path program = Tool.POSTGRES.path();
		Path folder = Files.createTempDirectory("holdfast-postgres-");
		byte[] secret = new byte[16];
		new SecureRandom().nextBytes(secret);
		String password = HexFormat.of().formatHex(secret);
		int port = FreePorts.next();
		Path settings = Files.writeString(folder.resolve("datasource.properties"),
				"spring.datasource.password=" + password + "\n");
		List<String> prefix = lend(folder, Files.writeString(folder.resolve("password"), password));
		initialize(folder, prefix, program);
		List<String> command = new ArrayList<>(prefix);
		command.addAll(List.of(program.toString(), "-D", folder.resolve("data").toString(), "-p",
				Integer.toString(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c",
				"shared_buffers=16MB", "-c", "dynamic_shared_memory_type=mmap", "-c", "fsync=off"));
		ToolProcess process = ToolProcess.start(folder, port, command);
		Postgres postgres = new Postgres(process, "jdbc:postgresql://127.0.0.1:" + port + "/" + DATABASE, password,
				settings);
		return postgres.awaitConnection();
	}

	/**
	 * Gives the folder to whom the programs run as.
	 * @param paths the folder and what is in it
	 * @return what to put before a command
	 */
	private static List<String> lend(Path... paths) throws IOException {
		Optional<UserPrincipal> owner = owner();
		if (owner.isEmpty()) {
			return List.of();
		}
		for (Path path : paths) {
			Files.setOwner(path, owner.get());
		}
		return List.of("setpriv", "--reuid=" + OWNER, "--regid=" + OWNER, "--clear-groups");
	}

	private static Optional<UserPrincipal> owner() throws IOException {
		if (!"root".equals(System.getProperty("user.name"))) {
			return Optional.empty();
		}
		try {
			Path root = Path.of("/");
			return Optional.of(root.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(OWNER));
		}
		catch (UserPrincipalNotFoundException ex) {
			throw new IOException("There is no user " + OWNER, ex);
		}
	}

	private static void initialize(Path folder, List<String> prefix, Path program)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(prefix);
		command.addAll(List.of(program.resolveSibling("initdb").toString(), "-D", folder.resolve("data").toString(),
				"-U", USER, "--auth=scram-sha-256", "--pwfile=" + folder.resolve("password"), "--encoding=UTF8",
				"--no-locale", "--no-sync"));
		Path output = folder.resolve("initdb.log");
		Process process = new ProcessBuilder(command).directory(folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		if (!process.waitFor(INIT_LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
			process.destroyForcibly();
			String said = Files.readString(output, StandardCharsets.UTF_8);
			FileSystemUtils.deleteRecursively(folder);
			throw new IOException("initdb made no cluster\n" + said);
		}
	}

	/** It listens before it serves. */
	private Postgres awaitConnection() throws IOException {
		long end = System.nanoTime() + START_LIMIT.toNanos();
		while (true) {
			try {
				connect().close();
				return this;
			}
			catch (SQLException ex) {
				if (System.nanoTime() > end) {
					close();
					throw new IOException("PostgreSQL takes no connection", ex);
				}
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
		}
	}

	/**
	 * Opens a connection.
	 * @return the connection
	 * @throws SQLException if it cannot be opened
	 */
	public Connection connect() throws SQLException {
		return DriverManager.getConnection(this.url, USER, this.password);
	}

	/**
	 * What tells an application of Spring Boot where it is. The password is in a file:
	 * everybody sees the arguments of a process.
	 * @return arguments of its command line
	 */
	public List<String> arguments() {
		return List.of("--spring.datasource.url=" + this.url, "--spring.datasource.username=" + USER,
				"--spring.config.additional-location=" + this.settings.toUri());
	}

	@Override
	public void close() {
		try {
			// other than SIGTERM it does not wait for those who are connected
			this.process.signal("INT");
		}
		catch (IOException ex) {
			// it is killed
		}
		this.process.close();
	}

}
