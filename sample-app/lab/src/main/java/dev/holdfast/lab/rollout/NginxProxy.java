/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.holdfast.lab.app.FreePorts;
import dev.holdfast.lab.tool.Tool;
import dev.holdfast.lab.tool.ToolProcess;

/**
 * A running nginx that gets a new list of instances the way its operators give it one: a
 * new file and SIGHUP.
 */
final class NginxProxy implements Front {

	private final ToolProcess process;

	private final Path file;

	private final int port;

	private final List<Integer> instances = new ArrayList<>();

	private NginxProxy(ToolProcess process, Path file, int port) {
		this.process = process;
		this.file = file;
		this.port = port;
	}

	static NginxProxy start() throws IOException {
		Path folder = Files.createTempDirectory("holdfast-nginx-");
		int port = FreePorts.next();
		Path file = Files.writeString(folder.resolve("nginx.conf"),
				new NginxProxyConfiguration(port, List.of()).text());
		ToolProcess process = ToolProcess.start(folder, port,
				List.of(Tool.NGINX.path().toString(), "-p", folder.toString(), "-c", file.toString()));
		return new NginxProxy(process, file, port);
	}

	int port() {
		return this.port;
	}

	@Override
	public void put(Destination instance) throws IOException {
		synchronized (this.instances) {
			this.instances.add(instance.port());
			reload();
		}
	}

	@Override
	public void remove(Destination instance) throws IOException {
		synchronized (this.instances) {
			if (this.instances.remove((Integer) instance.port())) {
				reload();
			}
		}
	}

	private void reload() throws IOException {
		Files.writeString(this.file, new NginxProxyConfiguration(this.port, this.instances).text());
		this.process.signal("HUP");
	}

	@Override
	public void close() {
		this.process.close();
	}

}
