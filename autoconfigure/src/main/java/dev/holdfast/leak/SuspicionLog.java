/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.holdfast.lifetime.Ticker;

/**
 * Says once for each call site and kind of suspicion that there is one, and once that it
 * is over; a site that comes and goes is heard of every ten minutes.
 */
final class SuspicionLog {

	private static final Logger LOGGER = System.getLogger(SuspicionLog.class.getName());

	private static final long AGAIN = Duration.ofMinutes(10).toNanos();

	/** Sites that are known at a time. */
	private static final int MAX_SITES = 1000;

	private final Ticker ticker;

	private final Map<Topic, Told> told = new HashMap<>();

	SuspicionLog(Ticker ticker) {
		this.ticker = ticker;
	}

	void look(List<Suspect> suspects) {
		Map<Topic, List<Suspect>> now = new LinkedHashMap<>();
		suspects
			.forEach((suspect) -> now.computeIfAbsent(Topic.of(suspect), (unused) -> new ArrayList<>()).add(suspect));
		now.forEach(this::present);
		this.told.forEach((topic, known) -> {
			if (known.present && !now.containsKey(topic)) {
				known.present = false;
				known.at = this.ticker.nanos();
				LOGGER.log(Level.INFO, "No connection {0} any more", topic.text());
			}
		});
		this.told.values().removeIf((known) -> !known.present && this.ticker.nanos() - known.at > AGAIN);
	}

	private void present(Topic topic, List<Suspect> suspects) {
		if (isNew(topic)) {
			Suspect oldest = suspects.get(0);
			LOGGER.log(topic.kind().isAlarming() ? Level.WARNING : Level.INFO, "{0,number,#} {1} {2}: {3}{4}. {5}",
					suspects.size(), (suspects.size() == 1) ? "connection" : "connections", topic.text(),
					oldest.evidence(), where(oldest.lease()), remedy(topic.kind()));
		}
	}

	void reclaimed(Suspect suspect, Reclaim tier) {
		Topic topic = new Topic(CallSites.Site.of(suspect.lease()), suspect.kind(), true);
		if (isNew(topic)) {
			LOGGER.log(Level.WARNING, "Taken back ({0}), a connection {1}: {2}{3}. {4}", tier.label(), topic.text(),
					suspect.evidence(), where(suspect.lease()), remedy(suspect.kind()));
		}
	}

	private boolean isNew(Topic topic) {
		Told known = this.told.get(topic);
		if (known == null) {
			if (this.told.size() >= MAX_SITES) {
				return false;
			}
			this.told.put(topic, new Told(this.ticker.nanos(), !topic.reclaimed()));
			return true;
		}
		boolean again = !known.present && this.ticker.nanos() - known.at > AGAIN;
		if (again) {
			known.at = this.ticker.nanos();
			known.present = !topic.reclaimed();
		}
		return again;
	}

	private static String where(Lease lease) {
		StringBuilder text = new StringBuilder();
		Origin origin = lease.origin();
		if (!origin.equals(Origin.NONE)) {
			text.append("; taken in ").append(origin.method()).append(' ').append(origin.route());
			if (!origin.handler().isEmpty()) {
				text.append(" (").append(origin.handler()).append(')');
			}
		}
		String site = CallStack.site(lease.taken());
		return site.isEmpty() ? text.toString() : text.append("; at ").append(site).toString();
	}

	private static String remedy(SuspicionKind kind) {
		return switch (kind) {
			case COLLECTED, ABANDONED ->
				"Close it where it is taken, in try-with-resources; " + "holdfast.leak.reclaim says what is taken back";
			case HELD -> "Give it back before the long part of the work; holdfast.leak.suspect-after says when to ask";
			case STUCK_WRITE -> "See holdfast.client.write-timeout, and what the peer does";
			case NEVER_CONNECTED -> "See holdfast.client.connect-timeout, and whether the peer can be reached";
			case WAITING_FOR_PEER, SLOW_DRIP ->
				"See holdfast.client.header-timeout, idle-timeout and call-timeout, and what the peer does";
		};
	}

	/**
	 * What is told once.
	 *
	 * @param site where the leases come from
	 * @param kind what is the matter
	 * @param reclaimed whether they were taken back
	 */
	private record Topic(CallSites.Site site, SuspicionKind kind, boolean reclaimed) {

		static Topic of(Suspect suspect) {
			return new Topic(CallSites.Site.of(suspect.lease()), suspect.kind(), false);
		}

		String text() {
			return "of '" + this.site.pool() + "' to " + this.site.target()
					+ (this.site.operation().isEmpty() ? "" : " for " + this.site.operation()) + " "
					+ this.kind.label();
		}

	}

	/**
	 * What was told.
	 */
	private static final class Told {

		private long at;

		private boolean present;

		Told(long at, boolean present) {
			this.at = at;
			this.present = present;
		}

	}

}
