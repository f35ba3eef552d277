/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As much of Markdown as the tests need: fenced blocks, headings and links.
 *
 * @param file where the page is
 * @param blocks its fenced blocks
 * @param anchors what a link to the page may name behind {@code #}
 * @param links targets of its links and images
 */
record MarkdownPage(Path file, List<Block> blocks, Set<String> anchors, List<Link> links) {

	private static final Pattern FENCE = Pattern.compile("^\\s*(`{3,}|~{3,})\\s*([\\w-]*).*$");

	private static final Pattern HEADING = Pattern.compile("^#{1,6}\\s+(.*?)(?:\\s+#+)?\\s*$");

	private static final Pattern MARKER = Pattern.compile("^\\s*<!-- snippet: (\\w+) -->\\s*$");

	private static final Pattern EXPLICIT_ANCHOR = Pattern.compile("<a\\s+(?:id|name)=\"([^\"]+)\"");

	private static final List<Pattern> LINKS = List.of(Pattern.compile("]\\(<?([^)\\s>]+)>?(?:\\s+\"[^\"]*\")?\\)"),
			Pattern.compile("^\\s*\\[[^\\]]+]:\\s+(\\S+)"), Pattern.compile("(?:href|src)=\"([^\"]+)\""));

	static MarkdownPage read(Path file) {
		try {
			return parse(file, Files.readString(file));
		}
		catch (IOException ex) {
			throw new IllegalStateException("Cannot read " + file, ex);
		}
	}

	static MarkdownPage parse(Path file, String text) {
		List<Block> blocks = new ArrayList<>();
		Set<String> anchors = new LinkedHashSet<>();
		List<Link> links = new ArrayList<>();
		Map<String, Integer> seen = new HashMap<>();
		List<String> lines = text.lines().toList();
		String marker = "";
		for (int i = 0; i < lines.size(); i++) {
			String line = lines.get(i);
			Matcher fence = FENCE.matcher(line);
			if (fence.matches()) {
				int first = i + 1;
				do {
					i++;
				}
				while (i < lines.size() && !closes(lines.get(i), fence.group(1)));
				String content = String.join("\n", lines.subList(first, Math.min(i, lines.size()))).stripIndent();
				blocks.add(new Block(fence.group(2), first, content, marker));
				marker = "";
				continue;
			}
			Matcher snippet = MARKER.matcher(line);
			marker = snippet.matches() ? snippet.group(1) : line.isBlank() ? marker : "";
			Matcher heading = HEADING.matcher(line);
			if (heading.matches()) {
				String slug = slug(heading.group(1));
				int count = seen.merge(slug, 1, Integer::sum) - 1;
				anchors.add((count == 0) ? slug : slug + "-" + count);
			}
			EXPLICIT_ANCHOR.matcher(line).results().forEach((found) -> anchors.add(found.group(1)));
			String prose = line.replaceAll("`[^`]*`", "``");
			int number = i + 1;
			LINKS.forEach((pattern) -> pattern.matcher(prose)
				.results()
				.forEach((found) -> links.add(new Link(number, found.group(1)))));
		}
		return new MarkdownPage(file, List.copyOf(blocks), anchors, List.copyOf(links));
	}

	private static boolean closes(String line, String fence) {
		String text = line.strip();
		return text.startsWith(fence) && text.replace(fence.substring(0, 1), "").isEmpty();
	}

	/**
	 * What GitHub makes of a heading.
	 */
	private static String slug(String heading) {
		return heading.replaceAll("!?\\[([^\\]]*)]\\([^)]*\\)", "$1")
			.toLowerCase(Locale.ROOT)
			.replaceAll("[^\\p{L}\\p{N} _-]", "")
			.strip()
			.replace(' ', '-');
	}

	String at(int line) {
		return this.file.getFileName() + ":" + line;
	}

	record Block(String language, int line, String text, String snippet) {
	}

	record Link(int line, String target) {
	}

}
