/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.holdfast.lab.tool.Tool;

/**
 * A client of others: as many requests at once as it has connections, and the next one
 * with each answer. h2load has one stream at a time on each of its connections: with more
 * of them haproxy 2.6 loses some where it speaks HTTP/2 to the server as well, with and
 * without Holdfast and with no rollout going on.
 *
 * @param tool {@link Tool#WRK} or {@link Tool#H2LOAD}
 * @param url what is asked for
 */
record ClosedLoopTool(Tool tool, String url) implements Stretch {

	private static final int AT_ONCE = 16;

	@Override
	public Counts send(Duration length) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(command(length)).redirectErrorStream(true).start();
		try {
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			int status = process.waitFor();
			if (status != 0) {
				throw new IOException(this.tool + " has ended with status " + status + "\n" + output);
			}
			return (this.tool == Tool.WRK) ? ofWrk(output) : ofH2load(output);
		}
		finally {
			process.destroyForcibly();
		}
	}

	List<String> command(Duration length) {
		String program = this.tool.path().toString();
		String seconds = Long.toString(Math.max(1, length.toSeconds()));
		if (this.tool == Tool.WRK) {
			return List.of(program, "-t", "1", "-c", Integer.toString(AT_ONCE), "-d", seconds + "s", "--timeout",
					OpenLoop.DEADLINE.toSeconds() + "s", this.url);
		}
		return List.of(program, "-t", "1", "-c", Integer.toString(AT_ONCE), "-m", "1", "-D", seconds, this.url);
	}

	/**
	 * What wrk tells: of errors only if there are any.
	 * @param output what it has printed
	 * @return the counts
	 * @throws IOException if it is not that of wrk
	 */
	static Counts ofWrk(String output) throws IOException {
		Map<String, Long> failures = new TreeMap<>();
		long answered = number(output, "([0-9]+) requests in ");
		long lost = 0;
		if (output.contains("Socket errors:")) {
			for (String kind : List.of("connect", "read", "write", "timeout")) {
				long count = number(output, "Socket errors:.*\\b" + kind + " ([0-9]+)");
				lost += count;
				failures.merge("wrk " + kind, count, Long::sum);
			}
		}
		if (output.contains("Non-2xx")) {
			failures.put("not 2xx", number(output, "Non-2xx or 3xx responses: ([0-9]+)"));
		}
		failures.values().removeIf((count) -> count == 0);
		return new Counts(answered + lost, failures);
	}

	static Counts ofH2load(String output) throws IOException {
		Map<String, Long> failures = new TreeMap<>();
		long done = number(output, "requests: .*?([0-9]+) done");
		long succeeded = number(output, "requests: .*?([0-9]+) succeeded");
		long good = number(output, "status codes: ([0-9]+) 2xx");
		failures.put("not 2xx", succeeded - good);
		failures.put("h2load failed", number(output, "requests: .*?([0-9]+) failed"));
		failures.put("h2load timeout", number(output, "requests: .*?([0-9]+) timeout"));
		failures.values().removeIf((count) -> count == 0);
		return new Counts(done, failures);
	}

	private static long number(String output, String pattern) throws IOException {
		Matcher matcher = Pattern.compile(pattern).matcher(output);
		if (!matcher.find()) {
			throw new IOException("Without " + pattern + ":\n" + output);
		}
		return Long.parseLong(matcher.group(1));
	}

}
