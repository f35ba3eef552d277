/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;

import org.jspecify.annotations.Nullable;

/**
 * Ports that the kernel gives to outbound connections.
 *
 * @param ports the range without what is reserved
 * @param loopbackReused whether a port in TIME_WAIT is free for a connection to this
 * machine
 */
record PortRange(BitSet ports, boolean loopbackReused) {

	private static final int MOST_BYTES = 16_384;

	/**
	 * Reads the range of this network namespace.
	 * @param proc root of the kernel's tables
	 * @return the range, {@code null} if it is not told
	 */
	static @Nullable PortRange read(Path proc) {
		Path settings = proc.resolve("sys/net/ipv4");
		try {
			String[] range = text(settings.resolve("ip_local_port_range")).split("\\s", 2);
			BitSet ports = new BitSet();
			ports.set(port(range[0]), port(range[1]) + 1);
			reserved(text(settings.resolve("ip_local_reserved_ports")), ports);
			return new PortRange(ports, reuses(settings));
		}
		catch (IOException | RuntimeException ex) {
			return null;
		}
	}

	private static void reserved(String list, BitSet ports) {
		for (String part : list.split(",", -1)) {
			int dash = part.indexOf('-');
			if (!part.isEmpty()) {
				ports.clear(port((dash < 0) ? part : part.substring(0, dash)), port(part.substring(dash + 1)) + 1);
			}
		}
	}

	/**
	 * With time stamps the kernel can tell segments of the old connection from those of
	 * the new one. Between two ends of its own it is sure that there are some.
	 */
	private static boolean reuses(Path settings) throws IOException {
		return isOn(settings.resolve("tcp_tw_reuse")) && isOn(settings.resolve("tcp_timestamps"));
	}

	private static boolean isOn(Path setting) throws IOException {
		String text = text(setting);
		return !text.isEmpty() && !text.equals("0");
	}

	private static int port(String text) {
		int port = Integer.parseInt(text.trim());
		if (port < 0 || port > 0xFFFF) {
			throw new IllegalArgumentException(text + " is no port");
		}
		return port;
	}

	/**
	 * Reads a setting at once: the kernel says nothing more to who asks for the rest. So
	 * {@link Files#readString} gets one character, as it does not trust the size of 0.
	 * @param file the setting
	 * @return its value, empty if the kernel does not have it
	 * @throws IOException if it cannot be read
	 */
	private static String text(Path file) throws IOException {
		if (!Files.exists(file)) {
			return "";
		}
		try (InputStream in = Files.newInputStream(file)) {
			byte[] bytes = new byte[MOST_BYTES];
			return new String(bytes, 0, Math.max(0, in.read(bytes)), StandardCharsets.US_ASCII).trim();
		}
	}

}
