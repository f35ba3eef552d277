/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Lines over seconds, drawn as SVG that takes its colours from the page.
 */
public final class LinePlot {

	private static final int WIDTH = 460;

	private static final int HEIGHT = 230;

	private static final int LEFT = 48;

	private static final int RIGHT = 12;

	private static final int TOP = 12;

	private static final int BOTTOM = 34;

	private final String title;

	private final String unit;

	private final List<Line> lines = new ArrayList<>();

	private double reference;

	private String referenceName = "";

	private double bandFrom;

	private double bandTo;

	private String bandName = "";

	public LinePlot(String title, String unit) {
		this.title = title;
		this.unit = unit;
	}

	/**
	 * Adds a line.
	 * @param name its name
	 * @param style number of its colour, from 0
	 * @param values one value a second
	 * @return the plot
	 */
	public LinePlot line(String name, int style, List<Double> values) {
		this.lines.add(new Line(name, style, List.copyOf(values)));
		return this;
	}

	public LinePlot reference(String name, double value) {
		this.referenceName = name;
		this.reference = value;
		return this;
	}

	public LinePlot band(String name, double fromSecond, double toSecond) {
		this.bandName = name;
		this.bandFrom = fromSecond;
		this.bandTo = toSecond;
		return this;
	}

	String toHtml() {
		double xMax = this.lines.stream().mapToInt((line) -> line.values().size()).max().orElse(1);
		double highest = this.lines.stream()
			.flatMap((line) -> line.values().stream())
			.mapToDouble(Double::doubleValue)
			.max()
			.orElse(1);
		Scale x = new Scale(xMax, step(xMax), LEFT, WIDTH - RIGHT);
		double yStep = step(Math.max(1, Math.max(highest, this.reference)));
		double yMax = yStep * Math.ceil(Math.max(1, Math.max(highest, this.reference) * 1.04) / yStep);
		Scale y = new Scale(yMax, yStep, HEIGHT - BOTTOM, TOP);
		StringBuilder svg = new StringBuilder();
		svg.append("<figure><figcaption>").append(Page.escape(this.title)).append("</figcaption>");
		legend(svg);
		svg.append(format("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">", WIDTH, HEIGHT,
				Page.escape(this.title)));
		band(svg, x);
		axes(svg, x, y);
		this.lines.forEach((line) -> draw(svg, line, x, y));
		return svg.append("</svg></figure>\n").toString();
	}

	private void legend(StringBuilder svg) {
		svg.append("<p class=\"legend\">");
		for (Line line : this.lines) {
			svg.append(format("<span><i class=\"s%d\"></i>%s</span>", line.style(), Page.escape(line.name())));
		}
		if (!this.referenceName.isEmpty()) {
			svg.append(format("<span><i class=\"ref\"></i>%s</span>", Page.escape(this.referenceName)));
		}
		svg.append("</p>");
	}

	private void band(StringBuilder svg, Scale x) {
		if (this.bandName.isEmpty()) {
			return;
		}
		double from = x.at(this.bandFrom);
		svg.append(format("<rect class=\"band\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>", from, TOP,
				x.at(this.bandTo) - from, HEIGHT - TOP - BOTTOM));
		svg.append(format("<text class=\"bandname\" x=\"%.1f\" y=\"%d\">%s</text>", from + 4, TOP + 12,
				Page.escape(this.bandName)));
	}

	private void axes(StringBuilder svg, Scale x, Scale y) {
		for (double value = 0; value <= y.max() + 1e-9; value += y.step()) {
			svg.append(format("<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%3$.1f\"/>", LEFT,
					WIDTH - RIGHT, y.at(value)));
			svg.append(format("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 6, y.at(value) + 4,
					label(value)));
		}
		for (double value = 0; value <= x.max() + 1e-9; value += x.step()) {
			svg.append(format("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", x.at(value),
					HEIGHT - BOTTOM + 15, label(value)));
		}
		svg.append(format("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">seconds</text>", WIDTH - RIGHT, HEIGHT - 4));
		svg.append(format("<text x=\"%d\" y=\"%d\">%s</text>", 2, HEIGHT - 4, Page.escape(this.unit)));
		if (!this.referenceName.isEmpty()) {
			svg.append(format("<line class=\"ref\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%3$.1f\"/>", LEFT,
					WIDTH - RIGHT, y.at(this.reference)));
		}
	}

	private static void draw(StringBuilder svg, Line line, Scale x, Scale y) {
		svg.append(format("<polyline class=\"s%d\" points=\"", line.style()));
		for (int i = 0; i < line.values().size(); i++) {
			svg.append(format("%.1f,%.1f ", x.at(i + 0.5), y.at(line.values().get(i))));
		}
		svg.append("\"/>");
	}

	static double step(double max) {
		double power = Math.pow(10, Math.floor(Math.log10(max / 4)));
		double fraction = max / 4 / power;
		return power * ((fraction <= 1) ? 1 : (fraction <= 2) ? 2 : (fraction <= 5) ? 5 : 10);
	}

	private static String label(double value) {
		return (value == Math.rint(value)) ? format("%.0f", value) : format("%.2f", value);
	}

	private static String format(String format, Object... arguments) {
		return String.format(Locale.ROOT, format, arguments);
	}

	private record Line(String name, int style, List<Double> values) {

	}

	private record Scale(double max, double step, double from, double to) {

		double at(double value) {
			return this.from + value / this.max * (this.to - this.from);
		}

	}

}
