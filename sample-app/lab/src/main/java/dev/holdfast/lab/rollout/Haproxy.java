/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.holdfast.lab.app.FreePorts;
import dev.holdfast.lab.tool.Tool;
import dev.holdfast.lab.tool.ToolProcess;
import org.jspecify.annotations.Nullable;

/**
 * A running haproxy whose instances come and go through its runtime API.
 */
final class Haproxy implements Front {

	private final ToolProcess process;

	private final HaproxyConfiguration configuration;

	private final AdminSocket admin;

	private final @Nullable Destination[] slots = new @Nullable Destination[HaproxyConfiguration.SLOTS];

	private Haproxy(ToolProcess process, HaproxyConfiguration configuration) {
		this.process = process;
		this.configuration = configuration;
		this.admin = new AdminSocket(configuration.admin());
	}

	static Haproxy start(boolean checks, boolean http2) throws IOException {
		Path folder = Files.createTempDirectory("holdfast-haproxy-");
		HaproxyConfiguration configuration = new HaproxyConfiguration(FreePorts.next(), FreePorts.next(),
				folder.resolve("admin"), checks, http2);
		Path file = Files.writeString(folder.resolve("haproxy.cfg"), configuration.text());
		ToolProcess process = ToolProcess.start(folder, configuration.port(),
				List.of(Tool.HAPROXY.path().toString(), "-db", "-f", file.toString()));
		return new Haproxy(process, configuration);
	}

	int port() {
		return this.configuration.port();
	}

	int http2Port() {
		return this.configuration.http2Port();
	}

	@Override
	public void put(Destination instance) throws IOException {
		synchronized (this.slots) {
			int index = indexOf(null);
			String slot = HaproxyConfiguration.slot(index);
			this.admin.order("set server " + slot + " addr 127.0.0.1 port " + instance.port(), "port changed",
					"no need to change");
			if (this.configuration.checks()) {
				this.admin.order("set server " + slot + " check-port " + instance.managementPort(), "updated");
			}
			this.admin.order("set server " + slot + " state ready");
			this.slots[index] = instance;
		}
	}

	@Override
	public void remove(Destination instance) throws IOException {
		synchronized (this.slots) {
			int index = indexOf(instance);
			if (index >= 0) {
				this.admin.order("set server " + HaproxyConfiguration.slot(index) + " state maint");
				this.slots[index] = null;
			}
		}
	}

	private int indexOf(@Nullable Destination instance) {
		for (int i = 0; i < this.slots.length; i++) {
			if (this.slots[i] == instance) {
				return i;
			}
		}
		if (instance == null) {
			throw new IllegalStateException("No place is free for another instance");
		}
		return -1;
	}

	@Override
	public void close() {
		this.process.close();
	}

}
