/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.patience;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import dev.holdfast.lab.app.Cores;
import dev.holdfast.lab.app.Launcher;
import dev.holdfast.lab.app.PreparedJar;
import dev.holdfast.lab.ghosts.Work;
import dev.holdfast.lab.patience.Setup.Container;
import dev.holdfast.lab.patience.Setup.Variant;
import dev.holdfast.lab.report.Check;
import dev.holdfast.lab.scenario.Form;
import dev.holdfast.lab.scenario.Workbench;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ClaimsTests {

	private static final Setup HOLDFAST = new Setup(Container.TOMCAT, Variant.HOLDFAST);

	private static final Setup VANILLA = new Setup(Container.TOMCAT, Variant.VANILLA);

	private static final Extent EXTENT = new Extent(1, 1, 2);

	private static final Download DOWNLOAD = new Download(100, 100, "ab", "ab", 1.1, "");

	private static final Export EXPORT = new Export(5, 5, 2.1, 3.1, "");

	private static final Rounds ROUNDS = new Rounds(2, 2, 12);

	private static final Work ONE = new Work(1, 1, 0, 0, 0);

	private static final Work COMPLETED = new Work(2, 2, 0, 0, 0);

	private static final Work CANCELLED = new Work(2, 0, 2, 0, 0);

	@Test
	void everythingHolds() {
		assertThat(failed(HOLDFAST, good())).isEmpty();
		assertThat(failed(VANILLA, new Findings(DOWNLOAD, ONE, EXPORT, ONE, ROUNDS, COMPLETED, COMPLETED, COMPLETED)))
			.isEmpty();
	}

	@Test
	void downloadThatIsCutOrReadTooFastOrCountedOtherwiseFails() {
		assertDownloadFails(new Download(100, 99, "ab", "ab", 1.1, "closed"), ONE);
		assertDownloadFails(new Download(100, 100, "ab", "cd", 1.1, ""), ONE);
		assertDownloadFails(new Download(100, 100, "ab", "ab", 0.5, ""), ONE);
		assertDownloadFails(DOWNLOAD, new Work(1, 0, 1, 0, 0));
	}

	@Test
	void exportThatIsCutOrNotSilentOrCountedOtherwiseFails() {
		assertExportFails(new Export(5, 4, 2.1, 3.1, ""), ONE);
		assertExportFails(new Export(5, 5, 1.9, 3.1, ""), ONE);
		assertExportFails(new Export(5, 5, 2.1, 3.1, "closed"), ONE);
		assertExportFails(EXPORT, new Work(1, 0, 0, 1, 0));
	}

	@Test
	void mailThatIsCancelledOrRefusedOrWaitedForFails() {
		assertMailFails(ROUNDS, new Work(2, 1, 1, 0, 0));
		assertMailFails(new Rounds(2, 1, 12), COMPLETED);
		assertMailFails(new Rounds(2, 2, 2_100), COMPLETED);
	}

	@Test
	void signInThatIsCancelledFails() {
		assertThat(failed(HOLDFAST,
				new Findings(DOWNLOAD, ONE, EXPORT, ONE, ROUNDS, COMPLETED, new Work(2, 1, 1, 0, 0), CANCELLED)))
			.singleElement()
			.asString()
			.contains("a code");
	}

	@Test
	void contrastThatShowsNothingFails() {
		assertThat(failed(HOLDFAST, new Findings(DOWNLOAD, ONE, EXPORT, ONE, ROUNDS, COMPLETED, COMPLETED, COMPLETED)))
			.singleElement()
			.asString()
			.contains("another GET");
		assertThat(failed(VANILLA, good())).singleElement().asString().contains("another GET");
	}

	private static Findings good() {
		return new Findings(DOWNLOAD, ONE, EXPORT, ONE, ROUNDS, COMPLETED, COMPLETED, CANCELLED);
	}

	private static void assertDownloadFails(Download download, Work counted) {
		assertThat(
				failed(HOLDFAST, new Findings(download, counted, EXPORT, ONE, ROUNDS, COMPLETED, COMPLETED, CANCELLED)))
			.singleElement()
			.asString()
			.contains("a download");
	}

	private static void assertExportFails(Export export, Work counted) {
		assertThat(
				failed(HOLDFAST, new Findings(DOWNLOAD, ONE, export, counted, ROUNDS, COMPLETED, COMPLETED, CANCELLED)))
			.singleElement()
			.asString()
			.contains("an export");
	}

	private static void assertMailFails(Rounds rounds, Work counted) {
		assertThat(failed(HOLDFAST, new Findings(DOWNLOAD, ONE, EXPORT, ONE, rounds, counted, COMPLETED, CANCELLED)))
			.singleElement()
			.asString()
			.contains("mails");
	}

	private static List<Check> failed(Setup setup, Findings findings) {
		Path nowhere = Path.of("nowhere");
		Launcher launcher = new Launcher(new PreparedJar(nowhere, nowhere, nowhere), Launcher.Start.PREPARED, nowhere,
				new Cores(List.of(), false), nowhere);
		Workbench bench = new Workbench(launcher, Form.SHORT, "", 1, "", nowhere,
				new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
		new Claims(bench, EXTENT).add(setup, findings);
		return bench.checks().stream().filter((check) -> !check.holds()).toList();
	}

}
