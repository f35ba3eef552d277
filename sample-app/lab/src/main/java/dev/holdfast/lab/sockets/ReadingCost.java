/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.sockets;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import dev.holdfast.lab.scenario.Statistics;
import dev.holdfast.socket.SocketTable;
import dev.holdfast.socket.Sockets;

import org.springframework.util.FileSystemUtils;

/**
 * What a reading took.
 *
 * @param rows rows of the table
 * @param of where they came from
 * @param micros median processor time of a reading
 */
record ReadingCost(int rows, String of, double micros) {

	private static final Path PROC = Path.of("/proc");

	private static final List<String> TABLES = List.of("tcp", "tcp6", "netstat", "snmp");

	double nanosPerRow() {
		return this.micros * 1000 / this.rows;
	}

	/**
	 * Measures readings of tables of some sizes: of the kernel's, and of copies of them.
	 * @param times how often each is read
	 * @param sizes the sizes in ascending order, each an even number
	 * @return two findings per size; only that of a file where the process may not open
	 * as many sockets
	 */
	static List<ReadingCost> measure(int times, List<Integer> sizes) throws IOException {
		List<ReadingCost> found = new ArrayList<>();
		Path folder = Files.createTempDirectory("sockets");
		Files.createDirectories(folder.resolve("self/net"));
		Path settings = Files.createDirectories(folder.resolve("sys/net/ipv4"));
		Files.writeString(settings.resolve("ip_local_port_range"), "32768 60999");
		try (OpenPairs pairs = new OpenPairs()) {
			for (int size : sizes) {
				if (pairs.open(size / 2)) {
					found.add(measure(PROC, "sockets on loopback", times));
					copy(folder);
				}
				else {
					SyntheticTable.write(folder, size);
				}
				found.add(measure(folder, "a file", times));
			}
		}
		finally {
			FileSystemUtils.deleteRecursively(folder);
		}
		return found;
	}

	private static void copy(Path folder) throws IOException {
		for (String name : TABLES) {
			Path table = PROC.resolve("self/net").resolve(name);
			if (Files.exists(table)) {
				Files.write(folder.resolve("self/net").resolve(name), Files.readAllBytes(table));
			}
		}
	}

	private static ReadingCost measure(Path proc, String of, int times) {
		ThreadMXBean threads = ManagementFactory.getThreadMXBean();
		// free of charge, so that each question is a reading
		Sockets sockets = new Sockets(proc, System::nanoTime, () -> 0);
		List<Double> micros = new ArrayList<>();
		int rows = 0;
		for (int i = 0; i < times + times / 2; i++) {
			long begin = threads.getCurrentThreadCpuTime();
			SocketTable table = Objects.requireNonNull(sockets.fresh(), sockets::unavailableReason);
			double cost = (threads.getCurrentThreadCpuTime() - begin) / 1000.0;
			if (i >= times / 2) {
				micros.add(cost);
			}
			rows = table.size();
		}
		return new ReadingCost(rows, of, Statistics.median(micros));
	}

}
