/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.jetty;

import java.util.concurrent.Executor;

import dev.holdfast.server.SchedulingDelay;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.VirtualThreadPool;

/**
 * Jetty's virtual threads, with the wait of each task measured.
 */
final class MeasuredVirtualThreads {

	private MeasuredVirtualThreads() {
	}

	/**
	 * Takes the place of the executor that the pool would make, unless it has one.
	 * @param server the server, before it starts
	 */
	static void install(Server server) {
		if (server.getThreadPool() instanceof VirtualThreadPool pool && pool.getVirtualThreadsExecutor() == null) {
			Executor threads = VirtualThreads.getNamedVirtualThreadsExecutor(pool.getName());
			if (threads != null) {
				pool.setVirtualThreadsExecutor((task) -> threads.execute(SchedulingDelay.measured(task)));
			}
		}
	}

}
