/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.net.InetAddress;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Which addresses may be called. Public for the adapters of HTTP libraries below this
 * package; not part of the API for applications.
 * <p>
 * An entry is an address ({@code 10.1.2.3}), a range ({@code 10.0.0.0/8}) or a name:
 * {@code metadata} for the addresses at which clouds hand out credentials,
 * {@code internal} and {@code external} as Boot defines them.
 * <ol>
 * <li>If there are entries that allow, nothing else is allowed.</li>
 * <li>What an entry denies is denied, even if another one allows it.</li>
 * <li>If nothing was said about what to deny, it is {@code metadata}; then, and only
 * then, a single address or {@code metadata} among the entries that allow wins over it.
 * Ranges, {@code external} and {@code internal} do not: who writes {@code 0.0.0.0/0} or
 * {@code 169.254.0.0/16} need not have thought of these addresses.</li>
 * <li>{@code none} denies nothing.</li>
 * </ol>
 * An IPv6 address that embeds an IPv4 address (IPv4-mapped, IPv4-compatible, NAT64, 6to4)
 * is denied if either of them is, and allowed if either is; {@code internal} and
 * {@code external} look at the embedded one.
 */
public final class AddressRules {

	private static final String NONE = "none";

	private final List<AddressEntry> deny;

	private final List<AddressEntry> allow;

	private final boolean denyByDefault;

	private AddressRules(List<AddressEntry> deny, List<AddressEntry> allow, boolean denyByDefault) {
		this.deny = deny;
		this.allow = allow;
		this.denyByDefault = denyByDefault;
	}

	/**
	 * Reads the entries.
	 * @param deny what may not be called; {@code null} or empty for the default
	 * @param allow what alone may be called; {@code null} or empty for everything
	 * @return the rules
	 * @throws IllegalArgumentException if an entry is wrong, with the entry and what is
	 * expected
	 */
	public static AddressRules of(@Nullable List<String> deny, @Nullable List<String> allow) {
		List<AddressEntry> allowed = (allow != null) ? entries(allow) : List.of();
		if (deny == null || deny.isEmpty()) {
			return new AddressRules(entries(List.of("metadata")), allowed, true);
		}
		return new AddressRules(isNone(deny) ? List.of() : entries(deny), allowed, false);
	}

	private static boolean isNone(List<String> deny) {
		boolean none = deny.stream().anyMatch((entry) -> entry.trim().equalsIgnoreCase(NONE));
		if (none && deny.size() > 1) {
			throw new IllegalArgumentException("'none' denies nothing: it must be the only entry, not one of " + deny);
		}
		return none;
	}

	private static List<AddressEntry> entries(List<String> entries) {
		return entries.stream().map(AddressEntry::of).toList();
	}

	/**
	 * Decides about an address.
	 * @param address the address, as it was resolved
	 * @return whether it may be called
	 */
	public boolean isAllowed(InetAddress address) {
		Set<InetAddress> targets = EmbeddedIpv4.targets(address);
		List<AddressEntry> allowing = this.allow.stream().filter((entry) -> entry.allows(address, targets)).toList();
		if (allowing.isEmpty() && !this.allow.isEmpty()) {
			return false;
		}
		if (this.denyByDefault && allowing.stream().anyMatch(AddressEntry::deliberate)) {
			return true;
		}
		return this.deny.stream().noneMatch((entry) -> entry.denies(address, targets));
	}

}
