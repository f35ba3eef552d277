/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.holdfast.leak.LeakCounts;
import dev.holdfast.leak.LeakDetector;
import dev.holdfast.leak.Reclaim;
import dev.holdfast.leak.Suspect;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.Show;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * Shows who has connections and does not give them back, with what the kernel says of
 * them.
 */
@WebEndpoint(id = "leaks", defaultAccess = Access.READ_ONLY)
final class LeaksEndpoint {

	private final LeakDetector detector;

	private final Resources resources;

	private final LeakFindings findings;

	private final LeakProperties properties;

	private volatile @Nullable Shown shown;

	LeaksEndpoint(LeakDetector detector, Resources resources, LeakFindings findings, LeakProperties properties) {
		this.detector = detector;
		this.resources = resources;
		this.findings = findings;
		this.properties = properties;
	}

	@ReadOperation
	LeaksDescriptor leaks(SecurityContext securityContext) {
		boolean stacks = isShown(this.properties.showStacks(), securityContext);
		boolean peers = isShown(this.properties.showPeers(), securityContext);
		SocketView sockets = new SocketView(this.resources, peers);
		List<LeaksDescriptor.FindingDescriptor> found = this.findings.all()
			.stream()
			.map((finding) -> new LeaksDescriptor.FindingDescriptor(finding.id(),
					finding.severity().name().toLowerCase(Locale.ROOT), finding.message(), finding.remedy()))
			.toList();
		List<LeaksDescriptor.PoolDescriptor> pools = this.resources.pools()
			.stream()
			.map((pool) -> new LeaksDescriptor.PoolDescriptor(pool.kind(), pool.name(), pool.active(), pool.idle(),
					pool.pending(), pool.max()))
			.toList();
		return new LeaksDescriptor(suspects(stacks, peers), reclaimed(stacks), totals(), sockets.sockets(),
				sockets.ports(), sockets.descriptors(), found, pools);
	}

	// as the last look has found them: readers that come together share the work, and the
	// threads that are looked at are stopped once
	@SuppressWarnings("ReferenceEquality")
	private List<LeaksDescriptor.SuspectDescriptor> suspects(boolean stacks, boolean peers) {
		List<Suspect> found = this.detector.suspects();
		Shown known = this.shown;
		if (known == null || known.found() != found || known.stacks() != stacks || known.peers() != peers) {
			LeaseView view = new LeaseView(this.resources.sockets().fresh(), stacks, peers);
			known = new Shown(found, stacks, peers, view.suspects(found));
			this.shown = known;
		}
		return known.suspects();
	}

	private List<LeaksDescriptor.ReclaimedDescriptor> reclaimed(boolean stacks) {
		return this.detector.reclaimed()
			.stream()
			.map((lease) -> LeaseView.describe(lease, this.detector.agoNanos(lease), stacks))
			.toList();
	}

	private boolean isShown(Audience audience, SecurityContext securityContext) {
		return Show.valueOf(audience.name()).isShown(securityContext, this.properties.roles());
	}

	private LeaksDescriptor.Totals totals() {
		Map<String, Long> suspected = new TreeMap<>();
		this.detector.suspects().forEach((suspect) -> suspected.merge(suspect.kind().label(), 1L, Long::sum));
		LeakCounts counts = this.detector.counts();
		Map<String, Long> reclaimed = Map.of(Reclaim.CERTAIN.label(), counts.reclaimedCount(Reclaim.CERTAIN),
				Reclaim.ABANDONED.label(), counts.reclaimedCount(Reclaim.ABANDONED));
		return new LeaksDescriptor.Totals(this.detector.leases(), suspected, new TreeMap<>(reclaimed),
				counts.lateCount());
	}

	/**
	 * Suspects in the words of the endpoint.
	 *
	 * @param found what was found
	 * @param stacks whether stacks are shown
	 * @param peers whether addresses are shown
	 * @param suspects what is shown
	 */
	private record Shown(List<Suspect> found, boolean stacks, boolean peers,
			List<LeaksDescriptor.SuspectDescriptor> suspects) {
	}

}
