/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.app;

import java.io.IOException;
import java.nio.file.DirectoryStream;
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

	private static final int ATTEMPTS = 10;

	private static final String ALLOWED = "Cpus_allowed_list:";

	public Cores {
		allowed = List.copyOf(allowed);
	}

	public static Cores detect() throws IOException {
		Path status = Path.of("/proc/self/status");
		String list = Files.isReadable(status) ? allowed(status) : "";
		List<Integer> allowed = list.isEmpty() ? List.of() : parse(list);
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
	 * One of these cores alone, round and round.
	 * @param index which one, from 0
	 * @return a core, or these where they are not known
	 */
	public Cores single(int index) {
		return this.allowed.isEmpty() ? this
				: new Cores(List.of(this.allowed.get(index % this.allowed.size())), this.taskset);
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
		return isPinned() ? List.of("taskset", "-c", list(this.allowed.subList(0, 1))) : List.of();
	}

	/**
	 * What starts a server on all cores: on one, where the JIT compiler is in its way, it
	 * takes twice as long.
	 * @return the beginning of a command, empty where nothing can be pinned
	 */
	public List<String> startPrefix() {
		return (this.taskset && !this.allowed.isEmpty()) ? List.of("taskset", "-c", list(this.allowed)) : List.of();
	}

	/**
	 * Moves a server that is up to its core, with every thread.
	 * @param pid its process
	 * @throws IOException if it cannot be moved
	 * @throws InterruptedException if interrupted
	 */
	public void pinServer(long pid) throws IOException, InterruptedException {
		if (!isPinned()) {
			return;
		}
		String core = list(this.allowed.subList(0, 1));
		// a thread that another one starts meanwhile may be left out
		for (int i = 0; i < ATTEMPTS && !isOn(core, pid); i++) {
			move(core, pid);
		}
		if (!isOn(core, pid)) {
			throw new IOException("Process " + pid + " cannot be moved to core " + core);
		}
	}

	private static boolean isOn(String core, long pid) throws IOException {
		try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "task"))) {
			for (Path thread : threads) {
				String allowed = allowed(thread.resolve("status"));
				if (!allowed.isEmpty() && !allowed.equals(core)) {
					return false;
				}
			}
			return true;
		}
	}

	/** Empty if there is no such thread any more. */
	private static String allowed(Path status) throws IOException {
		try {
			return Files.readAllLines(status)
				.stream()
				.filter((line) -> line.startsWith(ALLOWED))
				.map((line) -> line.substring(ALLOWED.length()).trim())
				.findFirst()
				.orElse("");
		}
		catch (IOException ex) {
			if (Files.exists(status)) {
				throw ex;
			}
			return "";
		}
	}

	/**
	 * Moves this JVM to the generator's core.
	 * @throws IOException if it cannot be moved
	 * @throws InterruptedException if interrupted
	 */
	public void pinGenerator() throws IOException, InterruptedException {
		moveThis(this.allowed.subList(1, Math.min(2, this.allowed.size())));
	}

	/**
	 * Gives this JVM all its cores back.
	 * @throws IOException if it cannot be moved
	 * @throws InterruptedException if interrupted
	 */
	public void unpin() throws IOException, InterruptedException {
		moveThis(this.allowed);
	}

	private void moveThis(List<Integer> cores) throws IOException, InterruptedException {
		if (isPinned()) {
			move(list(cores), ProcessHandle.current().pid());
		}
	}

	private static void move(String cores, long pid) throws IOException, InterruptedException {
		Process process = new ProcessBuilder("taskset", "-a", "-p", "-c", cores, Long.toString(pid))
			.redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start();
		// a thread that ends meanwhile makes taskset fail for it: no harm
		process.waitFor();
	}

	private static String list(List<Integer> cores) {
		return String.join(",", cores.stream().map(String::valueOf).toList());
	}

}
