/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.springframework.boot.http.client.InetAddressFilter;

/**
 * IPv4 addresses inside IPv6 addresses: where a packet ends up that is sent to one of
 * these. Otherwise a forbidden address could be written in a form that no rule names.
 */
final class EmbeddedIpv4 {

	private static final InetAddressFilter COMPATIBLE = InetAddressFilter.of("::/96");

	private static final InetAddressFilter NAT64 = InetAddressFilter.of("64:ff9b::/96");

	private static final InetAddressFilter LOCAL_NAT64 = InetAddressFilter.of("64:ff9b:1::/48");

	private static final InetAddressFilter SIX_TO_FOUR = InetAddressFilter.of("2002::/16");

	/**
	 * Bytes that hold the IPv4 address behind a prefix of 48, 56, 64 and 96 bits (RFC
	 * 6052, section 2.2). Which prefix a network uses below its own 64:ff9b:1::/48 (RFC
	 * 8215) cannot be seen.
	 */
	private static final int[][] LOCAL_NAT64_BYTES = { { 6, 7, 9, 10 }, { 7, 9, 10, 11 }, { 9, 10, 11, 12 },
			{ 12, 13, 14, 15 } };

	private static final int[] LAST_BYTES = { 12, 13, 14, 15 };

	private static final int[] SIX_TO_FOUR_BYTES = { 2, 3, 4, 5 };

	private EmbeddedIpv4() {
	}

	/**
	 * Where a packet to the address may end up.
	 * @param address any address
	 * @return the IPv4 addresses it may embed, or the address itself if it embeds none
	 */
	static Set<InetAddress> targets(InetAddress address) {
		Set<InetAddress> embedded = new LinkedHashSet<>();
		if (address instanceof Inet6Address) {
			byte[] bytes = address.getAddress();
			for (int[] positions : positions(address, bytes)) {
				// 0.0.0.0/8 is nobody's address: so ::1 and :: stay what they are
				if (bytes[positions[0]] != 0) {
					embedded.add(address(bytes, positions));
				}
			}
		}
		return embedded.isEmpty() ? Set.of(address) : embedded;
	}

	private static List<int[]> positions(InetAddress address, byte[] bytes) {
		if (LOCAL_NAT64.matches(address)) {
			return List.of(LOCAL_NAT64_BYTES);
		}
		if (SIX_TO_FOUR.matches(address)) {
			return List.of(SIX_TO_FOUR_BYTES);
		}
		if (COMPATIBLE.matches(address) || NAT64.matches(address) || isMapped(bytes)) {
			return List.of(LAST_BYTES);
		}
		return List.of();
	}

	/**
	 * The JDK makes an Inet4Address of ::ffff:a.b.c.d wherever it parses one, so that no
	 * filter can name it; built with a scope it stays an Inet6Address.
	 * @param bytes the address
	 * @return whether it is an IPv4-mapped one
	 */
	private static boolean isMapped(byte[] bytes) {
		for (int index = 0; index < 10; index++) {
			if (bytes[index] != 0) {
				return false;
			}
		}
		return bytes[10] == (byte) 0xFF && bytes[11] == (byte) 0xFF;
	}

	private static InetAddress address(byte[] bytes, int[] positions) {
		byte[] ipv4 = new byte[positions.length];
		for (int index = 0; index < ipv4.length; index++) {
			ipv4[index] = bytes[positions[index]];
		}
		try {
			return InetAddress.getByAddress(ipv4);
		}
		catch (UnknownHostException ex) {
			throw new IllegalStateException("Four bytes are an address", ex);
		}
	}

}
