/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What the kernel has counted in this network namespace since it began.
 *
 * @param retransmits segments that were sent again
 * @param listenOverflows connections that came while the queue of those that wait to be
 * accepted was full
 * @param listenDrops connections that were dropped on arrival, for that or any other
 * reason
 * @since 0.1.0
 */
public record NetworkCounters(long retransmits, long listenOverflows, long listenDrops) {

	/**
	 * Reads the counters.
	 * @param net folder of the tables of this network namespace
	 * @return the counters, {@code null} unless the kernel has them all
	 */
	static @Nullable NetworkCounters read(Path net) {
		try {
			List<String> tcp = Files.readAllLines(net.resolve("snmp"));
			List<String> more = Files.readAllLines(net.resolve("netstat"));
			return new NetworkCounters(find(tcp, "Tcp: ", "RetransSegs"), find(more, "TcpExt: ", "ListenOverflows"),
					find(more, "TcpExt: ", "ListenDrops"));
		}
		catch (IOException | RuntimeException ex) {
			return null;
		}
	}

	/**
	 * A line has the names, the next one of the same prefix has the values.
	 */
	private static long find(List<String> lines, String prefix, String name) {
		List<String> both = lines.stream().filter((line) -> line.startsWith(prefix)).toList();
		int column = Arrays.asList(both.get(0).split(" ", -1)).indexOf(name);
		return Long.parseLong(both.get(1).split(" ", -1)[column]);
	}

}
