/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import dev.holdfast.client.ClientStats;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Mode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs calls to forbidden addresses, at most one line per second: whoever
 * chooses the names must not be able to fill the disk.
 */
final class BlockedLog {

	private static final Logger LOGGER = LoggerFactory.getLogger(BlockedLog.class);

	private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

	private final ClientStats stats;

	private final Mode mode;

	private final Ticker ticker;

	private final AtomicLong nextLine;

	BlockedLog(ClientStats stats, Mode mode, Ticker ticker) {
		this.stats = stats;
		this.mode = mode;
		this.ticker = ticker;
		this.nextLine = new AtomicLong(ticker.nanos());
	}

	/**
	 * Adds a call that Boot's filter of addresses refuses, in whatever mode we are.
	 * @param host what was to be called
	 */
	void addFiltered(String host) {
		this.stats.blocked();
		if (isTimeForALine()) {
			LOGGER.warn("Refused a call of client '{}' to '{}' (the application's InetAddressFilter)",
					this.stats.client(), printable(host));
		}
	}

	void add(String host, List<InetAddress> addresses) {
		this.stats.blocked();
		if (isTimeForALine()) {
			LOGGER.warn("{} a call of client '{}' to '{}': {} (holdfast.client.addresses)",
					(this.mode == Mode.ENFORCE) ? "Refused" : "Would have refused", this.stats.client(),
					printable(host), addresses.stream().map(InetAddress::getHostAddress).toList());
		}
	}

	private boolean isTimeForALine() {
		long now = this.ticker.nanos();
		long next = this.nextLine.get();
		return now - next >= 0 && this.nextLine.compareAndSet(next, now + PAUSE);
	}

	// a name comes from outside: no line breaks, no novels
	private static String printable(String host) {
		String name = host.replaceAll("[^\\p{Graph}]", "?");
		return (name.length() > 100) ? name.substring(0, 100) + "..." : name;
	}

}
