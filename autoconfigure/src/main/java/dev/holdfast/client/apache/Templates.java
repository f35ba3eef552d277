/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

/**
 * What may be shown of a URI template.
 */
final class Templates {

	private Templates() {
	}

	/**
	 * The path of a template: neither scheme, host and user, nor query and fragment.
	 * @param template the template, as the application has written it
	 * @return the path, at least a slash
	 */
	static String path(String template) {
		int end = template.length();
		for (int i = 0; i < end; i++) {
			if (template.charAt(i) == '?' || template.charAt(i) == '#') {
				end = i;
			}
		}
		// the first slashes there are, or what follows is a path already
		int slash = template.indexOf('/');
		boolean named = slash >= 0 && slash < end && template.startsWith("//", slash)
				&& (slash == 0 || template.charAt(slash - 1) == ':');
		int begin = named ? template.indexOf('/', slash + 2) : 0;
		return (begin < 0 || begin >= end) ? "/" : template.substring(begin, end);
	}

}
