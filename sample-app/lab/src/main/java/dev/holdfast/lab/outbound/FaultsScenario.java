/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.holdfast.lab.report.TextTable;
import dev.holdfast.lab.scenario.Company;
import dev.holdfast.lab.scenario.Scenario;
import dev.holdfast.lab.scenario.Workbench;

/**
 * A fault for every phase of a call: when it ends with Boot alone, when it ends with Boot
 * and the timeouts that Boot has, and that it ends on time with us.
 */
final class FaultsScenario implements Scenario {

	private static final String LIMIT = Fault.LIMIT.toMillis() + "ms";

	@Override
	public String name() {
		return "faults";
	}

	@Override
	public String summary() {
		return "every phase of an outbound call against a peer that stalls in it";
	}

	@Override
	public boolean isPinned() {
		return false;
	}

	@Override
	public Company company() {
		return Company.QUIET;
	}

	@Override
	public void run(Workbench bench) throws Exception {
		List<Fault> faults = Faults.all().stream().filter((fault) -> bench.includes(fault.name())).toList();
		Duration patience = Duration.ofSeconds(bench.form().pick(8, 30));
		Map<String, Trial> plain;
		Map<String, Trial> limited;
		try (PlainColumn first = PlainColumn.start(faults, patience);
				PlainColumn second = PlainColumn.start(faults, patience, "spring.http.clients.connect-timeout=" + LIMIT,
						"spring.http.clients.read-timeout=" + LIMIT)) {
			plain = first.await();
			limited = second.await();
		}
		TextTable table = new TextTable("fault", "plain Boot", "ends with", "its timeouts at " + LIMIT, "ends with",
				"limit of Holdfast", "median", "worst", "ends with", "leases left", "connections kept");
		for (Fault fault : faults) {
			FaultRow row = FaultPlay.of(fault, bench.form().pick(3, 5));
			check(bench, row);
			Trial boot = trial(plain, fault);
			Trial bootLimited = trial(limited, fault);
			table.row(fault.name(), boot.seconds(), boot.ending(), bootLimited.seconds(), bootLimited.ending(),
					fault.property() + "=" + LIMIT, row.median(), row.worst(), row.ending(), row.leases(),
					row.connections());
		}
		bench.publish(this, bench.page("Faults of others")
			.paragraph("One call each, from its beginning to its end, in an application without a server. Plain "
					+ "Boot is watched for " + patience.toSeconds() + " s. The second column has Boot's own "
					+ "connect and read timeouts.")
			.table(table)
			.heading("Claims")
			.checks(bench.checks()), table);
	}

	private static void check(Workbench bench, FaultRow row) {
		Fault fault = row.fault();
		bench.check(fault.name() + " ends with " + fault.expected().text() + " within its limit",
				row.isInTime() && row.endsAsExpected(), "%s, median %s, worst %s at %s=%s", row.ending(), row.median(),
				row.worst(), fault.property(), LIMIT);
		bench.check(fault.name() + " leaves no lease behind", row.leavesNothing(), "%s", row.leases());
		bench.check(fault.name() + " keeps the connections that are whole, and no other", row.keepsWhatIsGood(),
				"%s kept of %d", row.connections(), fault.kept());
	}

	private static Trial trial(Map<String, Trial> trials, Fault fault) {
		return trials.getOrDefault(fault.name(), new Trial(Duration.ZERO, false, null));
	}

}
