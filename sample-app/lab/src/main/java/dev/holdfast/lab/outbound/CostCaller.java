/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import com.sun.management.OperatingSystemMXBean;

/**
 * A process that calls with one client, as long as each line of its input says in
 * milliseconds, and answers with calls, processor time, time and the time of the JIT
 * compiler in it, in milliseconds.
 */
public final class CostCaller {

	/** As many as any client has connections for. */
	private static final int CALLERS = 4;

	private final CostClient.Call call;

	private final URI uri;

	private final OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

	private final CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();

	private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

	private CostCaller(CostClient.Call call, URI uri) {
		this.call = call;
		this.uri = uri;
	}

	public static void main(String[] args) throws Exception {
		URI uri = URI.create(args[1] + "/quotes/7");
		CostCaller caller = new CostCaller(CostClient.valueOf(args[0]).open(), uri);
		BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = lines.readLine(); line != null; line = lines.readLine()) {
			System.out.println(caller.run(Long.parseLong(line)));
		}
		System.exit(0);
	}

	private String run(long millis) throws Exception {
		long cpu = this.system.getProcessCpuTime();
		long compiled = this.compiler.getTotalCompilationTime();
		long begin = System.nanoTime();
		long end = begin + TimeUnit.MILLISECONDS.toNanos(millis);
		List<Future<Long>> counts = new ArrayList<>();
		for (int i = 0; i < CALLERS; i++) {
			counts.add(this.callers.submit(() -> callUntil(end)));
		}
		long calls = 0;
		for (Future<Long> count : counts) {
			calls += count.get();
		}
		return calls + " " + (this.system.getProcessCpuTime() - cpu) + " " + (System.nanoTime() - begin) + " "
				+ (this.compiler.getTotalCompilationTime() - compiled);
	}

	private long callUntil(long end) throws Exception {
		long calls = 0;
		while (System.nanoTime() - end < 0) {
			this.call.check(this.uri);
			calls++;
		}
		return calls;
	}

}
