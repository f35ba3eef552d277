/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.scenario;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.holdfast.lab.app.Launcher;
import dev.holdfast.lab.load.LoadResult;
import dev.holdfast.lab.report.Check;
import dev.holdfast.lab.report.Facts;
import dev.holdfast.lab.report.Page;
import dev.holdfast.lab.report.TextTable;

/**
 * Where a scenario runs: what it starts, how thorough it is, what it finds and says.
 */
public final class Workbench {

	private final Launcher launcher;

	private final Form form;

	private final String only;

	private final int runs;

	private final String command;

	private final Path reports;

	private final PrintStream out;

	private final List<Check> checks = new ArrayList<>();

	private final List<String> voids = new ArrayList<>();

	public Workbench(Launcher launcher, Form form, String only, int runs, String command, Path reports,
			PrintStream out) {
		this.launcher = launcher;
		this.form = form;
		this.only = only;
		this.runs = runs;
		this.command = command;
		this.reports = reports;
		this.out = out;
	}

	public Launcher launcher() {
		return this.launcher;
	}

	public Form form() {
		return this.form;
	}

	/**
	 * How often a part is played.
	 * @return at least once
	 */
	public int runs() {
		return this.runs;
	}

	/**
	 * Whether a part of a scenario was asked for.
	 * @param id what the part is called
	 * @return {@code true} unless {@code --only} names others
	 */
	public boolean includes(String id) {
		return this.only.isEmpty() || id.matches(".*(?:" + this.only + ").*");
	}

	public void check(String claim, boolean holds, String format, Object... arguments) {
		Check check = new Check(claim, holds, String.format(Locale.ROOT, format, arguments));
		this.checks.add(check);
		say(check.toString());
	}

	/**
	 * Whether the generator kept its own schedule. If not, a run tells nothing: in the
	 * short form, which also runs on busy machines, its claims are left out, aloud; in
	 * the long form it has failed.
	 * @param id what was run
	 * @param result what the generator saw
	 * @return whether claims may be checked
	 */
	public boolean valid(String id, LoadResult result) {
		if (this.form == Form.LONG) {
			check(id + " is a valid run", !result.isVoid(), "send lag p99 %.1f ms", result.lagMillis(99));
		}
		else if (result.isVoid()) {
			leaveOut(id, "send lag p99 %.1f ms", result.lagMillis(99));
		}
		return !result.isVoid();
	}

	/**
	 * Says that a run tells nothing.
	 * @param id what was run
	 * @param format why
	 * @param arguments arguments of the format
	 */
	public void leaveOut(String id, String format, Object... arguments) {
		String line = "VOID  " + id + ": " + String.format(Locale.ROOT, format, arguments);
		this.voids.add(line);
		say(line);
	}

	public List<String> voids() {
		return List.copyOf(this.voids);
	}

	public List<Check> checks() {
		return List.copyOf(this.checks);
	}

	public void say(String line) {
		this.out.println(line);
	}

	public Facts facts() throws IOException {
		return Facts.of(this.launcher.javaVersion(), this.launcher.cores().count(), this.launcher.cores().isPinned(),
				this.launcher.cores().serverCores());
	}

	/**
	 * Begins the page of a scenario.
	 * @param title its title
	 * @return the page, with the machine and the command on it
	 * @throws IOException if the server's JDK cannot be asked
	 */
	public Page page(String title) throws IOException {
		return new Page(title).paragraph(facts().text()).command(this.command);
	}

	/**
	 * Ends a scenario: prints its table and writes its page.
	 * @param scenario the scenario
	 * @param page its page
	 * @param tables its tables, in order
	 * @throws IOException if the page cannot be written
	 */
	public void publish(Scenario scenario, Page page, TextTable... tables) throws IOException {
		for (TextTable table : tables) {
			say("");
			say(table.toString());
		}
		Path file = this.reports.resolve(scenario.name() + ".html");
		page.writeTo(file);
		say("Page: " + file);
	}

}
