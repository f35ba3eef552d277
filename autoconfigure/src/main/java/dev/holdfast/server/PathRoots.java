/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

/**
 * Paths, each with what lies below.
 */
final class PathRoots {

	static final PathRoots NONE = of();

	private final String[] roots;

	// of the names of all roots: as a rule a path begins with none of them
	private final String firstLetters;

	private PathRoots(String[] roots, String firstLetters) {
		this.roots = roots;
		this.firstLetters = firstLetters;
	}

	/**
	 * Some roots.
	 * @param roots paths, each with a slash before it
	 * @return the roots
	 */
	static PathRoots of(String... roots) {
		StringBuilder letters = new StringBuilder();
		for (String root : roots) {
			letters.append((root.length() > 1) ? root.substring(1, 2) : "");
		}
		return new PathRoots(roots.clone(), letters.toString());
	}

	/**
	 * Whether a path is one of them, or lies below one.
	 * @param path a decoded, normalised path
	 * @return whether it is
	 */
	boolean contain(String path) {
		if (path.length() > 1 && this.firstLetters.indexOf(path.charAt(1)) < 0) {
			return false;
		}
		for (String root : this.roots) {
			if (path.startsWith(root) && (path.length() == root.length() || path.charAt(root.length()) == '/')) {
				return true;
			}
		}
		return false;
	}

}
