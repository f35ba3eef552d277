/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import dev.holdfast.leak.Growth;
import dev.holdfast.leak.LeakDetector;
import dev.holdfast.leak.Rise;
import dev.holdfast.leak.Suspect;
import dev.holdfast.leak.SuspicionKind;
import dev.holdfast.leak.ThreadGroups;
import dev.holdfast.report.Finding;
import dev.holdfast.report.Severity;
import dev.holdfast.socket.Descriptors;
import dev.holdfast.socket.EphemeralPorts;

/**
 * What an operator should hear of now.
 */
final class LeakFindings {

	private static final double MUCH = 0.8;

	private static final double NEARLY_ALL = 0.95;

	private final LeakDetector detector;

	private final Resources resources;

	private final Growth growth;

	LeakFindings(LeakDetector detector, Resources resources, Growth growth) {
		this.detector = detector;
		this.resources = resources;
		this.growth = growth;
	}

	List<Finding> all() {
		List<Finding> findings = new ArrayList<>(exhaustion());
		Map<SuspicionKind, List<Suspect>> suspects = new EnumMap<>(SuspicionKind.class);
		for (Suspect suspect : this.detector.suspects()) {
			if (suspect.kind().isAlarming()) {
				suspects.computeIfAbsent(suspect.kind(), (unused) -> new ArrayList<>()).add(suspect);
			}
		}
		suspects.forEach((kind,
				found) -> findings.add(new Finding("leak-" + kind.label(), Severity.WARNING,
						"%d leased connections are %s: %s.".formatted(found.size(), kind.label(), pools(found)),
						"See the endpoint leaks for who took them, and since when.")));
		return findings;
	}

	private static String pools(List<Suspect> suspects) {
		return suspects.stream()
			.collect(Collectors.groupingBy((suspect) -> suspect.lease().pool(), Collectors.counting()))
			.entrySet()
			.stream()
			.map((entry) -> entry.getValue() + " of '" + entry.getKey() + "'")
			.sorted()
			.collect(Collectors.joining(", "));
	}

	/**
	 * What nobody says otherwise: ports and descriptors that run out, and what rises.
	 * @return the findings
	 */
	List<Finding> exhaustion() {
		List<Finding> findings = new ArrayList<>();
		EphemeralPorts ports = this.resources.sockets().ephemeralPorts();
		if (ports != null && ports.ratio() >= MUCH) {
			findings.add(new Finding("leak-ephemeral-ports", severity(ports.ratio()),
					String.format(Locale.ROOT,
							"%d of %d ephemeral ports are in use towards one peer, %d of them in TIME_WAIT: "
									+ "when none is left, connecting fails with a BindException.",
							ports.used(), ports.size(), ports.timeWait()),
					"Keep connections alive (see the reuse ratio in the endpoint pools), or widen "
							+ "net.ipv4.ip_local_port_range."));
		}
		Descriptors descriptors = this.resources.sockets().descriptors();
		if (descriptors != null && descriptors.ratio() >= MUCH) {
			findings.add(new Finding("leak-descriptors", severity(descriptors.ratio()),
					"%d of %d file descriptors are open.".formatted(descriptors.open(), descriptors.max()),
					"Find what is not closed (the endpoint leaks), or raise the limit of the process."));
		}
		this.growth.rises().stream().map(this::finding).forEach(findings::add);
		return findings;
	}

	private static Severity severity(double ratio) {
		return (ratio >= NEARLY_ALL) ? Severity.CRITICAL : Severity.WARNING;
	}

	private Finding finding(Rise rise) {
		return new Finding("leak-growth-" + rise.resource().name().toLowerCase(Locale.ROOT).replace('_', '-'),
				Severity.WARNING, rise.text() + owners(rise) + ".",
				"See the endpoint leaks, and what the owners do with what they open.");
	}

	private String owners(Rise rise) {
		String owners = switch (rise.resource()) {
			case THREADS -> ThreadGroups.largest(3);
			case LEASES,
					DESCRIPTORS ->
				this.resources.pools()
					.stream()
					.filter((pool) -> pool.active() > 0)
					.sorted((left, right) -> Integer.compare(right.active(), left.active()))
					.limit(3)
					.map((pool) -> pool.active() + " of " + pool.kind() + " '" + pool.name() + "'")
					.collect(Collectors.joining(", "));
			case CLOSE_WAIT -> this.resources.halfClosed(this.resources.sockets().table())
				.stream()
				.limit(3)
				.map((it) -> it.count() + " of '" + it.pool() + "' to " + it.target())
				.collect(Collectors.joining(", "));
		};
		return owners.isEmpty() ? "" : "; most are " + owners;
	}

}
