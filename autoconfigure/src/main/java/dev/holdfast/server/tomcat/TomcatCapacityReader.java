/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.tomcat;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;

import dev.holdfast.server.ServerCapacity;
import dev.holdfast.server.ServerCapacityReader;
import org.apache.coyote.AbstractProtocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.WebServer;

/**
 * Reads threads and connections of a running Tomcat from its protocol handler.
 */
final class TomcatCapacityReader implements ServerCapacityReader {

	@Override
	public @Nullable ServerCapacity read(WebServer server) {
		if (server instanceof TomcatWebServer tomcat
				&& tomcat.getTomcat().getConnector().getProtocolHandler() instanceof AbstractProtocol<?> protocol) {
			Executor executor = protocol.getExecutor();
			int threads = threads(protocol, executor);
			return new ServerCapacity("Tomcat", threads, threads, executor instanceof VirtualThreadExecutor,
					protocol.getMaxConnections());
		}
		return null;
	}

	private static int threads(AbstractProtocol<?> protocol, @Nullable Executor executor) {
		if (executor instanceof ThreadPoolExecutor pool) {
			return pool.getMaximumPoolSize();
		}
		return (protocol.getMaxThreads() > 0) ? protocol.getMaxThreads() : ServerCapacity.UNKNOWN;
	}

}
