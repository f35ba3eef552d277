/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Tells from how a lease is used what is the matter with it. Age alone says nothing: a
 * download may take hours.
 */
final class Suspicion {

	/**
	 * What a body must move in a second of waiting, in bytes, not to count as a drip; the
	 * same rate that spares a body from the limit of its call.
	 */
	static final double DRIP = 1024;

	private final long after;

	Suspicion(long afterNanos) {
		this.after = afterNanos;
	}

	/**
	 * Judges a lease that is no longer young.
	 * @param lease the lease
	 * @param use how it is used now
	 * @param before how it was used when it was looked at before, {@code null} the first
	 * time
	 * @return what is the matter, {@code null} if all is well or it is too early to say
	 */
	@Nullable SuspicionKind of(Lease lease, Use use, @Nullable Use before) {
		if (lease.isCollected()) {
			return SuspicionKind.COLLECTED;
		}
		if (use.ageNanos() < this.after) {
			return null;
		}
		return switch (use.activity()) {
			case CONNECTING -> SuspicionKind.NEVER_CONNECTED;
			case SENDING -> ofWait(use, before, SuspicionKind.STUCK_WRITE);
			case RECEIVING -> lease.isStream() ? null : ofWait(use, before, SuspicionKind.WAITING_FOR_PEER);
			case PRODUCING -> (use.stillNanos() < this.after) ? null : SuspicionKind.HELD;
			case APPLICATION -> ofApplication(lease, use);
		};
	}

	private @Nullable SuspicionKind ofWait(Use use, @Nullable Use before, SuspicionKind still) {
		if (use.stillNanos() >= this.after / 2) {
			return still;
		}
		if (before == null) {
			return null;
		}
		long waited = use.waitedNanos() - before.waitedNanos();
		if (waited < this.after / 4) {
			// the application takes its time, not the peer
			return null;
		}
		double rate = (use.bytes() - before.bytes()) * (double) TimeUnit.SECONDS.toNanos(1) / waited;
		return (rate < DRIP) ? SuspicionKind.SLOW_DRIP : null;
	}

	private @Nullable SuspicionKind ofApplication(Lease lease, Use use) {
		if (use.stillNanos() < this.after) {
			return null;
		}
		Origin origin = lease.origin();
		boolean goesOn = lease.owner() != null && !origin.equals(Origin.NONE) && !origin.over();
		return goesOn ? SuspicionKind.HELD : SuspicionKind.ABANDONED;
	}

	/**
	 * What speaks for a suspicion.
	 * @param kind the suspicion
	 * @param lease the lease
	 * @param use how it is used
	 * @return a sentence without its full stop
	 */
	static String evidence(SuspicionKind kind, Lease lease, Use use) {
		String still = seconds(use.stillNanos());
		return switch (kind) {
			case COLLECTED -> "what was got with it has been garbage-collected without being closed";
			case ABANDONED -> "not read, closed or given back for " + still + ", and " + whereIsOwner(lease);
			case HELD -> (use.activity() == Activity.PRODUCING)
					? "nothing to send has come from the application for " + still + ", whose thread is within the call"
					: "not read, closed or given back for " + still + " by a request that still runs";
			case STUCK_WRITE -> "the peer has taken nothing for " + still;
			case NEVER_CONNECTED -> "no connection after " + seconds(use.ageNanos());
			case WAITING_FOR_PEER -> "the peer has said nothing for " + still;
			case SLOW_DRIP -> use.bytes() + " bytes in " + seconds(use.waitedNanos()) + " of waiting";
		};
	}

	private static String whereIsOwner(Lease lease) {
		if (lease.owner() == null) {
			return "the thread that took it has ended";
		}
		return lease.origin().over() ? "the request that it was taken in has ended" : "its thread does something else";
	}

	static String seconds(long nanos) {
		return String.format(Locale.ROOT, "%.1f s", nanos / (double) TimeUnit.SECONDS.toNanos(1));
	}

}
