/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.holdfast.leak.CallStack;
import dev.holdfast.leak.Ends;
import dev.holdfast.leak.Lease;
import dev.holdfast.leak.Origin;
import dev.holdfast.leak.Reclaimed;
import dev.holdfast.leak.Suspect;
import dev.holdfast.socket.SocketEntry;
import dev.holdfast.socket.SocketTable;
import org.jspecify.annotations.Nullable;

/**
 * Suspected leases joined with their threads and sockets.
 */
final class LeaseView {

	/** Suspects that are shown. */
	private static final int SHOWN = 100;

	/** Threads whose stacks are taken: each stops its thread for a moment. */
	private static final int STACKS = 20;

	private final @Nullable SocketTable table;

	private final boolean stacks;

	private final boolean peers;

	private final Map<Thread, List<String>> taken = new HashMap<>();

	LeaseView(@Nullable SocketTable table, boolean stacks, boolean peers) {
		this.table = table;
		this.stacks = stacks;
		this.peers = peers;
	}

	List<LeaksDescriptor.SuspectDescriptor> suspects(List<Suspect> suspects) {
		return suspects.stream().limit(SHOWN).map(this::describe).toList();
	}

	private LeaksDescriptor.SuspectDescriptor describe(Suspect suspect) {
		Lease lease = suspect.lease();
		Origin origin = lease.origin();
		Thread owner = lease.owner();
		Ends ends = lease.ends();
		return new LeaksDescriptor.SuspectDescriptor(lease.pool(), lease.target(), lease.operation(),
				text(origin.route()), text(origin.handler()), suspect.kind().label(), suspect.evidence(),
				millis(suspect.use().ageNanos()), millis(suspect.use().stillNanos()), suspect.use().bytes(),
				(owner != null) ? owner.getName() : null, (this.stacks && owner != null) ? stack(owner) : null,
				(ends != null) ? ends.local().getPort() : null,
				(this.peers && ends != null) ? SocketView.text(ends.remote()) : null, socket(ends),
				(this.stacks && lease.taken() != null) ? CallStack.application(lease.taken()) : null);
	}

	private @Nullable List<String> stack(Thread owner) {
		List<String> known = this.taken.get(owner);
		if (known == null && this.taken.size() < STACKS) {
			known = CallStack.of(owner);
			this.taken.put(owner, known);
		}
		return known;
	}

	private LeaksDescriptor.@Nullable SocketDescriptor socket(@Nullable Ends ends) {
		if (this.table == null || ends == null) {
			return null;
		}
		SocketEntry entry = this.table.find(ends.local(), ends.remote());
		return (entry != null) ? new LeaksDescriptor.SocketDescriptor(entry.state().label(), entry.receiveQueue(),
				entry.sendQueue(), entry.retransmits()) : null;
	}

	static LeaksDescriptor.ReclaimedDescriptor describe(Reclaimed reclaimed, long agoNanos, boolean stacks) {
		return new LeaksDescriptor.ReclaimedDescriptor(reclaimed.pool(), reclaimed.target(), reclaimed.operation(),
				text(reclaimed.origin().route()), text(reclaimed.origin().handler()), reclaimed.tier().label(),
				millis(reclaimed.ageNanos()), millis(agoNanos), stacks ? text(reclaimed.site()) : null);
	}

	private static @Nullable String text(String text) {
		return text.isEmpty() ? null : text;
	}

	private static long millis(long nanos) {
		return TimeUnit.NANOSECONDS.toMillis(nanos);
	}

}
