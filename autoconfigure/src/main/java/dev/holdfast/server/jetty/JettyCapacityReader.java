/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.jetty;

import dev.holdfast.server.ServerCapacity;
import dev.holdfast.server.ServerCapacityReader;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ReservedThreadExecutor;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.web.server.WebServer;

/**
 * Reads threads and connections of a running Jetty from its thread pool and its beans.
 * Acceptors and selectors lease threads of the pool, and some are reserved for whoever
 * reads the next request: neither are free for requests that wait.
 */
final class JettyCapacityReader implements ServerCapacityReader {

	@Override
	public @Nullable ServerCapacity read(WebServer server) {
		if (!(server instanceof JettyWebServer jetty)) {
			return null;
		}
		int maxConnections = maxConnections(jetty.getServer());
		ThreadPool pool = jetty.getServer().getThreadPool();
		if (pool instanceof VirtualThreadPool virtual) {
			int tasks = (virtual.getMaxConcurrentTasks() > 0) ? virtual.getMaxConcurrentTasks()
					: ServerCapacity.UNKNOWN;
			return new ServerCapacity("Jetty", tasks, tasks, true, maxConnections);
		}
		if (pool instanceof QueuedThreadPool queued) {
			int withheld = queued.getLeasedThreads() + reservedThreads(queued);
			return new ServerCapacity("Jetty", queued.getMaxThreads(), Math.max(0, queued.getMaxThreads() - withheld),
					false, maxConnections);
		}
		if (pool instanceof ThreadPool.SizedThreadPool sized) {
			return new ServerCapacity("Jetty", sized.getMaxThreads(), sized.getMaxThreads(), false, maxConnections);
		}
		return new ServerCapacity("Jetty", ServerCapacity.UNKNOWN, ServerCapacity.UNKNOWN, false, maxConnections);
	}

	private static int reservedThreads(QueuedThreadPool pool) {
		ReservedThreadExecutor reserved = pool.getBean(ReservedThreadExecutor.class);
		return (reserved != null) ? Math.max(0, reserved.getCapacity()) : 0;
	}

	static int maxConnections(Server server) {
		NetworkConnectionLimit limit = server.getBean(NetworkConnectionLimit.class);
		return (limit != null) ? limit.getMaxNetworkConnectionCount() : ServerCapacity.UNKNOWN;
	}

}
