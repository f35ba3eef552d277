/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import org.springframework.boot.http.client.InetAddressFilter;

/**
 * One entry of a list of addresses.
 *
 * @param filter what it matches
 * @param exact whether the entry says which addresses it means, and not which sort
 * @param deliberate whether whoever wrote the entry must have known every address that it
 * matches: a single one, or those called metadata
 */
record AddressEntry(InetAddressFilter filter, boolean exact, boolean deliberate) {

	/**
	 * Where the credentials of a machine are handed out: AWS, Google, Azure, Oracle,
	 * DigitalOcean and others; AWS over IPv6; the virtual machine agent of Azure;
	 * Alibaba; Oracle's older address; the task and pod credentials of ECS and EKS.
	 */
	private static final InetAddressFilter METADATA_ADDRESSES = InetAddressFilter.of("169.254.169.254", "fd00:ec2::254",
			"168.63.129.16", "100.100.100.200", "192.0.0.192", "169.254.170.2", "169.254.170.23", "fd00:ec2::23");

	/**
	 * The unspecified address is nobody's for Boot, but connects to this host.
	 */
	private static final InetAddressFilter INTERNAL = InetAddressFilter.internalAddresses().or("0.0.0.0/8", "::/128");

	private static final InetAddressFilter ALL_IPV4 = InetAddressFilter.of("0.0.0.0/1", "128.0.0.0/1");

	private static final InetAddressFilter ALL_IPV6 = InetAddressFilter.of("::/1", "8000::/1");

	private static final Pattern LENGTH = Pattern.compile("\\d{1,3}");

	/**
	 * All four numbers: the JDK would also take 10/8, for 0.0.0.10/8.
	 */
	private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");

	private static final Pattern IPV6 = Pattern.compile("(?=.*:)[0-9a-f:.]+");

	static AddressEntry of(String text) {
		String entry = text.trim().toLowerCase(Locale.ROOT);
		return switch (entry) {
			case "metadata" -> new AddressEntry(METADATA_ADDRESSES, true, true);
			case "internal" -> new AddressEntry(INTERNAL, false, false);
			case "external" -> new AddressEntry(InetAddressFilter.externalAddresses(), false, false);
			default -> new AddressEntry(range(entry), true, isSingle(entry));
		};
	}

	/**
	 * Whether a packet to the address may end up where the entry says.
	 * @param address the address
	 * @param targets where a packet to it may end up
	 * @return whether the entry denies the address
	 */
	boolean denies(InetAddress address, Set<InetAddress> targets) {
		return matchesItself(address) || targets.stream().anyMatch(this.filter::matches);
	}

	/**
	 * Whether a packet to the address ends up where the entry says, and nowhere else.
	 * @param address the address
	 * @param targets where a packet to it may end up
	 * @return whether the entry allows the address
	 */
	boolean allows(InetAddress address, Set<InetAddress> targets) {
		return matchesItself(address) || targets.stream().allMatch(this.filter::matches);
	}

	private boolean matchesItself(InetAddress address) {
		// for a sort it matters where a packet ends up, not how that is written
		return this.exact && this.filter.matches(address);
	}

	private static boolean isSingle(String entry) {
		return entry.indexOf('/') < 0 || entry.endsWith(entry.contains(":") ? "/128" : "/32");
	}

	private static InetAddressFilter range(String entry) {
		String[] parts = entry.split("/", -1);
		boolean ipv4 = IPV4.matcher(parts[0]).matches();
		boolean ipv6 = IPV6.matcher(parts[0]).matches();
		boolean whole = parts.length == 1;
		if ((ipv4 || ipv6) && (whole || (parts.length == 2 && LENGTH.matcher(parts[1]).matches()))) {
			try {
				InetAddressFilter filter = InetAddressFilter.of(entry);
				// Boot takes a length of 0 for all addresses of both families
				return (!whole && Integer.parseInt(parts[1]) == 0) ? (ipv4 ? ALL_IPV4 : ALL_IPV6) : filter;
			}
			catch (IllegalArgumentException ex) {
				// told below like any other wrong entry
			}
		}
		throw new IllegalArgumentException(
				"'%s' is neither an address like 10.1.2.3, nor a range like 10.0.0.0/8 or fd00::/8, nor 'metadata', 'internal' or 'external'."
					.formatted(entry));
	}

}
