/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows under headings, the same in a terminal and on a page.
 */
public final class TextTable {

	private final List<String> headings;

	private final List<List<String>> rows = new ArrayList<>();

	public TextTable(String... headings) {
		this.headings = List.of(headings);
	}

	public TextTable row(Object... cells) {
		List<String> row = new ArrayList<>();
		for (Object cell : cells) {
			row.add(cell.toString());
		}
		if (row.size() != this.headings.size()) {
			throw new IllegalArgumentException("A row of " + row.size() + " under " + this.headings);
		}
		this.rows.add(row);
		return this;
	}

	List<String> headings() {
		return this.headings;
	}

	List<List<String>> rows() {
		return this.rows;
	}

	@Override
	public String toString() {
		List<Integer> widths = new ArrayList<>();
		for (int i = 0; i < this.headings.size(); i++) {
			int column = i;
			int widest = this.rows.stream().mapToInt((row) -> row.get(column).length()).max().orElse(0);
			widths.add(Math.max(this.headings.get(i).length(), widest));
		}
		StringBuilder text = new StringBuilder();
		append(text, this.headings, widths);
		append(text, widths.stream().map("-"::repeat).toList(), widths);
		this.rows.forEach((row) -> append(text, row, widths));
		return text.toString();
	}

	private static void append(StringBuilder text, List<String> cells, List<Integer> widths) {
		StringBuilder line = new StringBuilder();
		for (int i = 0; i < cells.size(); i++) {
			String padding = " ".repeat(widths.get(i) - cells.get(i).length());
			boolean left = i == 0 || !isFigure(cells.get(i));
			line.append(left ? cells.get(i) + padding : padding + cells.get(i)).append("  ");
		}
		text.append(line.toString().stripTrailing()).append('\n');
	}

	static boolean isFigure(String cell) {
		return cell.matches("-?[0-9][0-9., ]*( ?[%a-zµ/]+)?");
	}

}
