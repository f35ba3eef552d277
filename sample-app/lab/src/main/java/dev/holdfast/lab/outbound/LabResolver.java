/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * A user's own resolver: two names are its own, all others are the system's.
 */
final class LabResolver implements DnsResolver {

	/** A name that takes half a minute, whoever interrupts. */
	static final String SLOW = "slow-dns.test";

	/** A name with four addresses. */
	static final String FOUR_ADDRESSES = "four-addresses.test";

	static final Duration SLOWNESS = Duration.ofSeconds(30);

	@Override
	public InetAddress[] resolve(String host) throws UnknownHostException {
		if (host.equals(SLOW)) {
			block();
			return new InetAddress[] { InetAddress.getLoopbackAddress() };
		}
		if (host.equals(FOUR_ADDRESSES)) {
			InetAddress address = InetAddress.getLoopbackAddress();
			return new InetAddress[] { address, address, address, address };
		}
		return SystemDefaultDnsResolver.INSTANCE.resolve(host);
	}

	// as the system's resolver: nothing wakes it
	private static void block() {
		long end = System.nanoTime() + SLOWNESS.toNanos();
		boolean interrupted = false;
		for (long left = SLOWNESS.toNanos(); left > 0; left = end - System.nanoTime()) {
			LockSupport.parkNanos(left);
			interrupted |= Thread.interrupted();
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public String resolveCanonicalHostname(String host) {
		return host;
	}

}
