/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.nginx;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.holdfast.lab.app.FreePorts;
import dev.holdfast.lab.tool.ToolProcess;

/**
 * A running nginx that closes idle connections; closing it ends the process, whatever
 * happened. The body of each answer is the number of requests that its connection has
 * served so far.
 * <p>
 * It answers on one port of several loopback addresses, so that clients which share a
 * pool can have connections of their own.
 */
public final class Nginx implements AutoCloseable {

	private final ToolProcess process;

	private final int port;

	private Nginx(ToolProcess process, int port) {
		this.process = process;
		this.port = port;
	}

	/**
	 * Starts it and waits until it listens.
	 * @param program the program
	 * @param keepAlive how long a connection may be idle
	 * @param addresses on how many addresses it answers
	 * @return the server
	 * @throws IOException if it does not come up
	 */
	public static Nginx start(Path program, Duration keepAlive, int addresses) throws IOException {
		Path folder = Files.createTempDirectory("holdfast-nginx-");
		int port = FreePorts.next();
		Files.writeString(folder.resolve("nginx.conf"), NginxConfiguration.text(port, keepAlive, addresses));
		return new Nginx(
				ToolProcess.start(folder, port,
						List.of(program.toString(), "-p", folder.toString(), "-c", "nginx.conf", "-e", "stderr")),
				port);
	}

	/**
	 * Where it answers.
	 * @param index which of the addresses, from 0
	 * @return scheme, address and port
	 */
	public URI address(int index) {
		return URI.create("http://" + NginxConfiguration.address(index) + ":" + this.port);
	}

	@Override
	public void close() {
		this.process.close();
	}

}
