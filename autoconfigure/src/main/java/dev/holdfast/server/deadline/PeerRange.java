/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Addresses that have their first bits in common. Names are never resolved.
 */
final class PeerRange {

	private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");

	private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

	private final byte[] network;

	private final int bits;

	PeerRange(byte[] network, int bits) {
		this.network = network;
		this.bits = bits;
	}

	/**
	 * Reads a range.
	 * @param text an address, or an address, a slash and a number of bits
	 * @return the range, {@code null} if it is none
	 */
	static @Nullable PeerRange parse(String text) {
		String stripped = text.strip();
		int slash = stripped.indexOf('/');
		byte[] network = address((slash >= 0) ? stripped.substring(0, slash) : stripped);
		if (network == null) {
			return null;
		}
		int most = network.length * Byte.SIZE;
		try {
			int bits = (slash >= 0) ? Integer.parseInt(stripped, slash + 1, stripped.length(), 10) : most;
			return (bits >= 0 && bits <= most) ? new PeerRange(network, bits) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	/**
	 * Reads an address as a container reports it.
	 * @param text the address, an IPv6 one with or without brackets and zone
	 * @return its bytes, {@code null} if it is no address
	 */
	static byte @Nullable [] address(String text) {
		String bare = text.startsWith("[") ? text.substring(1, Math.max(1, text.indexOf(']'))) : text;
		int zone = bare.indexOf('%');
		bare = (zone >= 0) ? bare.substring(0, zone) : bare;
		if (!IPV4.matcher(bare).matches() && !IPV6.matcher(bare).matches()) {
			return null;
		}
		try {
			return InetAddress.getByName(bare).getAddress();
		}
		catch (UnknownHostException ex) {
			return null;
		}
	}

	boolean contains(byte[] address) {
		if (address.length != this.network.length) {
			return false;
		}
		int whole = this.bits / Byte.SIZE;
		for (int i = 0; i < whole; i++) {
			if (address[i] != this.network[i]) {
				return false;
			}
		}
		int rest = this.bits % Byte.SIZE;
		return rest == 0 || (address[whole] ^ this.network[whole]) >> (Byte.SIZE - rest) == 0;
	}

}
