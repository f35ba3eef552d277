/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.sockets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.holdfast.lab.app.Launcher;

/**
 * A network namespace with a range of ephemeral ports of its own: nothing outside of it
 * notices when they run out.
 */
final class PortNamespace {

	private static final int FIRST_PORT = 32_768;

	private static final int PATIENCE_SECONDS = 150;

	/** The arguments: first port, last port, tcp_tw_reuse, then a command. */
	private static final String SETUP = """
			set -e
			ip link set lo up
			echo "$0 $1" > /proc/sys/net/ipv4/ip_local_port_range
			echo "$2" > /proc/sys/net/ipv4/tcp_tw_reuse
			shift 2
			exec "$@"
			""";

	private PortNamespace() {
	}

	/**
	 * What is missing to have one.
	 * @return a remedy, empty if nothing is missing
	 * @throws IOException if what it says cannot be read
	 * @throws InterruptedException if interrupted
	 */
	static String missing() throws IOException, InterruptedException {
		String remedy = "needs unprivileged user namespaces, unshare (util-linux) and ip (iproute2)";
		try {
			Process process = new ProcessBuilder(command(64, false, List.of("true"))).redirectErrorStream(true).start();
			String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
			return (process.waitFor() == 0) ? "" : remedy + ": " + said;
		}
		catch (IOException ex) {
			return remedy + ": " + ex.getMessage();
		}
	}

	/**
	 * Runs a storm in a new one.
	 * @param launcher where the JDK and the logs are
	 * @param plan the storm
	 * @return what it said last
	 * @throws IOException if it cannot be started or does not end well
	 * @throws InterruptedException if interrupted
	 */
	static String run(Launcher launcher, StormPlan plan) throws IOException, InterruptedException {
		List<String> storm = List.of(launcher.java().toString(), "-Xmx256m", "-cp",
				System.getProperty("java.class.path"), plan.main().getName(), Integer.toString(plan.perSecond()),
				Integer.toString(plan.most()));
		Files.createDirectories(launcher.logs());
		Path log = launcher.logs()
			.resolve(plan.main().getSimpleName() + "-" + plan.ports() + (plan.reuse() ? "-reuse" : "") + ".log");
		Process process = new ProcessBuilder(command(plan.ports(), plan.reuse(), storm)).redirectError(log.toFile())
			.start();
		try {
			if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
				throw new IOException("The storm did not end well (see " + log + ")");
			}
			return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
				.reduce((first, later) -> later)
				.orElse("");
		}
		finally {
			process.destroyForcibly();
		}
	}

	private static List<String> command(int ports, boolean reuse, List<String> inside) {
		List<String> command = new ArrayList<>(List.of("unshare", "-rn", "sh", "-c", SETUP,
				Integer.toString(FIRST_PORT), Integer.toString(FIRST_PORT + ports - 1), reuse ? "2" : "0"));
		command.addAll(inside);
		return command;
	}

}
