/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.docs;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import dev.holdfast.docs.MarkdownPage.Link;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Relative links lead somewhere. Links to other sites are not followed.
 */
class LinkTests {

	private static final Pattern ELSEWHERE = Pattern.compile("^([a-z][a-z0-9+.-]*:|//).*");

	@TempDir
	Path directory;

	@Test
	void linksResolve() throws IOException {
		assertThat(Repository.pages(Repository.root())).isNotEmpty();
		assertThat(problems(Repository.root())).isEmpty();
	}

	@Test
	void brokenLinksAreFound() throws IOException {
		write("README.md", """
				# Title
				[gone](docs/gone.md) and [no such heading](docs/page.md#gone)
				[not here](#gone) ![picture](gone.png) [outside](../other)
				[reference]: gone.txt
				""");
		write("docs/page.md", "# Page\n");
		assertThat(problems(this.directory)).hasSize(6);
	}

	@Test
	void goodLinksAreAccepted() throws IOException {
		write("README.md",
				"""
						# Title, with `code` & more
						[page](docs/page.md) [second](docs/page.md#same-1 "title") [here](#title-with-code--more) [folder](docs)
						[site](https://example.com/gone) [mail](mailto:nobody@example.com) `[code](gone.md)` [line](docs/A.java#L1)
						[explicit](docs/page.md#put) [root](/docs/page.md)
						```
						[block](gone.md)
						```
						""");
		write("docs/page.md", "# Same\n## Same\n<a id=\"put\"></a>\n");
		write("docs/A.java", "");
		write("target/page.md", "[gone](gone.md)");
		assertThat(problems(this.directory)).isEmpty();
	}

	private void write(String name, String text) throws IOException {
		Path file = this.directory.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

	private static List<String> problems(Path root) throws IOException {
		return Repository.pages(root)
			.stream()
			.flatMap((page) -> page.links()
				.stream()
				.filter((link) -> !resolves(root, page, link))
				.map((link) -> root.relativize(page.file()) + ":" + link.line() + " leads nowhere: " + link.target()))
			.toList();
	}

	private static boolean resolves(Path root, MarkdownPage page, Link link) {
		if (ELSEWHERE.matcher(link.target()).matches()) {
			return true;
		}
		String[] parts = link.target().split("#", 2);
		String name = URLDecoder.decode(parts[0].replace("+", "%2B"), StandardCharsets.UTF_8);
		Path base = name.startsWith("/") ? root : page.file().resolveSibling("");
		Path target = name.isEmpty() ? page.file() : base.resolve(name.replaceFirst("^/+", "")).normalize();
		if (!target.startsWith(root) || !Files.exists(target)) {
			return false;
		}
		boolean hasAnchors = target.toString().endsWith(".md");
		return parts.length == 1 || !hasAnchors || MarkdownPage.read(target).anchors().contains(parts[1]);
	}

}
