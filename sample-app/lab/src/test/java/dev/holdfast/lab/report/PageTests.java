/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.report;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PageTests {

	@Test
	void tablesAlignFiguresToTheRight() {
		TextTable table = new TextTable("route", "good/s").row("query", 7).row("cpu", "1234");
		assertThat(table).hasToString("""
				route  good/s
				-----  ------
				query       7
				cpu      1234
				""");
	}

	@Test
	void pagesNeedNothingButThemselves() {
		LinePlot plot = new LinePlot("a < b", "good/s").line("vanilla", 0, List.of(1.0, 250.0, 3.0))
			.reference("capacity", 200)
			.band("3x", 1, 2);
		String page = new Page("Overload").plots(List.of(plot)).toString();
		assertThat(page).contains("a &lt; b", "<polyline class=\"s0\"", "prefers-color-scheme: dark")
			.doesNotContain("<script", "http:", "https:", "url(");
	}

	@Test
	void voidRunsAreMarked() {
		assertThat(new Page("p").table(new TextTable("run").row("void (lag 9.0 ms)")).toString())
			.contains("<tr class=\"void\">");
	}

	@Test
	void axesHaveRoundSteps() {
		assertThat(LinePlot.step(1900)).isEqualTo(500);
		assertThat(LinePlot.step(30)).isEqualTo(10);
		assertThat(LinePlot.step(4)).isEqualTo(1);
	}

}
