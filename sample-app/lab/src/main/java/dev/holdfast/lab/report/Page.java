/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A page that needs nothing but itself.
 */
public final class Page {

	private final String title;

	private final StringBuilder body = new StringBuilder();

	public Page(String title) {
		this.title = title;
	}

	public Page heading(String text) {
		this.body.append("<h2>").append(escape(text)).append("</h2>\n");
		return this;
	}

	public Page paragraph(String text) {
		this.body.append("<p>").append(escape(text)).append("</p>\n");
		return this;
	}

	public Page command(String command) {
		this.body.append("<pre>").append(escape(command)).append("</pre>\n");
		return this;
	}

	public Page checks(List<Check> checks) {
		this.body.append("<ul class=\"checks\">\n");
		for (Check check : checks) {
			this.body.append(check.holds() ? "<li class=\"pass\"><b>PASS</b> " : "<li class=\"fail\"><b>FAIL</b> ")
				.append(escape(check.claim() + ": " + check.found()))
				.append("</li>\n");
		}
		this.body.append("</ul>\n");
		return this;
	}

	public Page plots(List<LinePlot> plots) {
		this.body.append("<div class=\"plots\">\n");
		plots.forEach((plot) -> this.body.append(plot.toHtml()));
		this.body.append("</div>\n");
		return this;
	}

	public Page table(TextTable table) {
		this.body.append("<div class=\"scroll\"><table>\n<tr>");
		table.headings().forEach((heading) -> this.body.append("<th>").append(escape(heading)).append("</th>"));
		this.body.append("</tr>\n");
		for (List<String> row : table.rows()) {
			boolean isVoid = row.stream().anyMatch((cell) -> cell.startsWith("void"));
			this.body.append(isVoid ? "<tr class=\"void\">" : "<tr>");
			for (String cell : row) {
				this.body.append(TextTable.isFigure(cell) ? "<td class=\"figure\">" : "<td>")
					.append(escape(cell))
					.append("</td>");
			}
			this.body.append("</tr>\n");
		}
		this.body.append("</table></div>\n");
		return this;
	}

	public void writeTo(Path file) throws IOException {
		Files.createDirectories(Objects.requireNonNull(file.getParent()));
		Files.writeString(file, toString());
	}

	@Override
	public String toString() {
		return """
				<!doctype html>
				<html lang="en">
				<head>
				<meta charset="utf-8">
				<meta name="viewport" content="width=device-width, initial-scale=1">
				<title>%1$s</title>
				<style>
				%2$s</style>
				</head>
				<body>
				<h1>%1$s</h1>
				%3$s</body>
				</html>
				""".formatted(escape(this.title), style(), this.body);
	}

	private static String style() {
		try (InputStream in = Objects.requireNonNull(Page.class.getResourceAsStream("page.css"))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new IllegalStateException("page.css is part of the lab", ex);
		}
	}

	static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;");
	}

}
