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

/**
 * Which cores the server and the generator have. With two cores and {@code taskset} each
 * gets one of its own, so that neither measures the other.
 *
 * @param allowed cores this process may use
 * @param taskset whether {@code taskset} is there
 */
public record Cores(List<Integer> allowed, boolean taskset) {

	public Cores {
		allowed = List.copyOf(allowed);
	}

	public static Cores detect() throws IOException {
		Path status = Path.of("/proc/self/status");
		List<Integer> allowed = new ArrayList<>();
		if (Files.isReadable(status)) {
			Files.readAllLines(status)
				.stream()
				.filter((line) -> line.startsWith("Cpus_allowed_list:"))
				.forEach((line) -> allowed.addAll(parse(line.substring(line.indexOf(':') + 1).trim())));
		}
		boolean taskset = Files.isExecutable(Path.of("/usr/bin/taskset"));
		return new Cores(allowed, taskset);
	}

	static List<Integer> parse(String list) {
		List<Integer> cores = new ArrayList<>();
		for (String range : list.split(",", -1)) {
			int dash = range.indexOf('-');
			int first = Integer.parseInt((dash < 0) ? range : range.substring(0, dash));
			int last = Integer.parseInt(range.substring(dash + 1));
			for (int core = first; core <= last; core++) {
				cores.add(core);
			}
		}
		return cores;
	}

	/**
	 * The same cores, shared by everybody as on a user's machine.
	 * @return cores that nothing is pinned to
	 */
	public Cores unpinned() {
		return new Cores(this.allowed, false);
	}

	/**
	 * How many cores there are for both.
	 * @return at least one
	 */
	public int count() {
		return this.allowed.isEmpty() ? Runtime.getRuntime().availableProcessors() : this.allowed.size();
	}

	public boolean isPinned() {
		return this.taskset && this.allowed.size() >= 2;
	}

	/**
	 * How many cores the server sees.
	 * @return at least one
	 */
	public int serverCores() {
		return isPinned() ? 1 : count();
	}

	/**
	 * What puts a command on the core of the server.
	 * @return the beginning of a command, empty where nothing is pinned
	 */
	public List<String> serverPrefix() {
		return isPinned() ? List.of("taskset", "-c", this.allowed.get(0).toString()) : List.of();
	}

	/**
	 * Moves this JVM to the generator's core.
	 * @throws IOException if it cannot be moved
	 * @throws InterruptedException if interrupted
	 */
	public void pinGenerator() throws IOException, InterruptedException {
		move(this.allowed.subList(1, Math.min(2, this.allowed.size())));
	}

	/**
	 * Gives this JVM all its cores back.
	 * @throws IOException if it cannot be moved
	 * @throws InterruptedException if interrupted
	 */
	public void unpin() throws IOException, InterruptedException {
		move(this.allowed);
	}

	private void move(List<Integer> cores) throws IOException, InterruptedException {
		if (!isPinned()) {
			return;
		}
		String list = String.join(",", cores.stream().map(String::valueOf).toList());
		Process process = new ProcessBuilder("taskset", "-a", "-p", "-c", list,
				Long.toString(ProcessHandle.current().pid()))
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		// a thread that ends meanwhile makes taskset fail for it: no harm
		process.waitFor();
	}

}
