/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.patience;

import java.util.Locale;

import dev.holdfast.lab.ghosts.Work;
import dev.holdfast.lab.report.TextTable;
import dev.holdfast.lab.scenario.Workbench;

/**
 * What has to hold with us, and what shows that it could be otherwise.
 */
final class Claims {

	private static final Work ONE = new Work(1, 1, 0, 0, 0);

	/** What is on its way when the last byte is read counts as read. */
	private static final double PACE = 0.95;

	private final Workbench bench;

	private final Extent extent;

	private final TextTable table = new TextTable("server", "variant", "what", "clients saw", "took", "completed",
			"cancelled", "failed");

	Claims(Workbench bench, Extent extent) {
		this.bench = bench;
		this.extent = extent;
	}

	TextTable table() {
		return this.table;
	}

	void add(Setup setup, Findings findings) {
		show(setup, findings);
		if (setup.isVanilla()) {
			Rounds rounds = findings.rounds();
			this.bench.check(setup.id() + ": without us another GET goes on as well when its client leaves",
					rounds.areCompleted(findings.tokens()), "%s", findings.tokens());
		}
		else {
			claim(setup.id(), findings);
		}
	}

	private void claim(String id, Findings findings) {
		Download download = findings.download();
		this.bench.check(
				String.format(Locale.ROOT, "%s: a download of %d MiB at 1 MiB/s arrives whole", id,
						this.extent.mebibytes()),
				download.isWhole() && download.seconds() >= PACE * this.extent.mebibytes()
						&& findings.downloads().equals(ONE),
				"%s in %.1f s; %s", download, download.seconds(), findings.downloads());
		Export export = findings.export();
		this.bench.check(
				String.format(Locale.ROOT, "%s: an export of %d s arrives whole, silent at first", id,
						this.extent.exportSeconds()),
				export.isWhole() && export.firstSeconds() >= Rounds.WORK.toSeconds()
						&& export.seconds() >= this.extent.exportSeconds() && findings.exports().equals(ONE),
				"%s, the last after %.1f s; %s", export, export.seconds(), findings.exports());
		Rounds rounds = findings.rounds();
		this.bench.check(
				id + ": mails are sent, although who asked for them had the answer before and closed the connection",
				rounds.areAnsweredAtOnce() && rounds.areCompleted(findings.mails()),
				"%d of %d accepted, slowest answer %.0f ms; %s", rounds.accepted(), rounds.played(),
				rounds.slowestMillis(), findings.mails());
		this.bench.check(id + ": a code is exchanged although its browser leaves",
				rounds.areCompleted(findings.logins()), "%s", findings.logins());
		this.bench.check(id + ": another GET is cancelled when its client leaves",
				rounds.areCancelled(findings.tokens()), "%s", findings.tokens());
	}

	private void show(Setup setup, Findings findings) {
		Rounds rounds = findings.rounds();
		row(setup, "download at 1 MiB/s", findings.download(), seconds(findings.download().seconds()),
				findings.downloads());
		row(setup, "export", findings.export(), seconds(findings.export().seconds()), findings.exports());
		row(setup, "mail",
				String.format(Locale.ROOT, "%d x 202 in %.0f ms at most", rounds.accepted(), rounds.slowestMillis()),
				"", findings.mails());
		row(setup, "sign-in, browser leaves", "nothing", "", findings.logins());
		row(setup, "other GET, client leaves", "nothing", "", findings.tokens());
	}

	private void row(Setup setup, String what, Object seen, String took, Work work) {
		this.table.row(Setup.name(setup.container()), Setup.name(setup.variant()), what, seen, took, work.completed(),
				work.cancelled(), work.failed());
	}

	private static String seconds(double seconds) {
		return String.format(Locale.ROOT, "%.1f s", seconds);
	}

}
