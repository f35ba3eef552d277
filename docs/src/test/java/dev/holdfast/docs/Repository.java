/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.docs;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The source tree that these tests read.
 */
final class Repository {

	private static final Set<String> NOT_OURS = Set.of("target", "node_modules");

	private Repository() {
	}

	static Path root() {
		Path folder = Path.of("").toAbsolutePath();
		while (!Files.isDirectory(folder.resolve(".mvn"))) {
			folder = folder.getParent();
			if (folder == null) {
				throw new IllegalStateException("Not below a folder that contains .mvn");
			}
		}
		return folder;
	}

	/**
	 * Every Markdown file below a folder, without what the build has put there.
	 */
	static List<MarkdownPage> pages(Path root) throws IOException {
		Set<Path> files = new TreeSet<>();
		Files.walkFileTree(root, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
				String name = folder.getFileName().toString();
				boolean skip = !folder.equals(root) && (NOT_OURS.contains(name) || name.equals(".git"));
				return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
				if (file.toString().endsWith(".md")) {
					files.add(file);
				}
				return FileVisitResult.CONTINUE;
			}

		});
		return files.stream().map(MarkdownPage::read).toList();
	}

}
