/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Names a database by its JDBC URL, without anything that could be a secret.
 */
final class JdbcTarget {

	private static final Pattern SUBPROTOCOL = Pattern.compile("jdbc:(?:[a-zA-Z0-9_+.-]+:)+");

	private static final Pattern OPTIONS = Pattern.compile("[?;#].*", Pattern.DOTALL);

	private static final Pattern ASSIGNMENT = Pattern.compile("(user|usr|uid|pass|pwd|secret|token|key)\\w*\\s*=",
			Pattern.CASE_INSENSITIVE);

	private JdbcTarget() {
	}

	/**
	 * What names the database.
	 * @param url the URL, {@code null} if there is none
	 * @return subprotocol, host, port and database, or the subprotocol alone where
	 * credentials may be anywhere
	 */
	static String of(@Nullable String url) {
		if (url == null) {
			return "";
		}
		Matcher matcher = SUBPROTOCOL.matcher(url);
		if (!matcher.lookingAt()) {
			return "";
		}
		String subprotocol = matcher.group();
		String rest = url.substring(matcher.end());
		String location = OPTIONS.matcher(rest).replaceFirst("");
		// an @ behind the beginning of the options: a password that contains such a sign
		if (rest.lastIndexOf('@') >= location.length() || ASSIGNMENT.matcher(location).find()) {
			return subprotocol;
		}
		return subprotocol + withoutUser(location);
	}

	private static String withoutUser(String location) {
		int at = location.lastIndexOf('@');
		if (at < 0) {
			return location;
		}
		return (location.startsWith("//") ? "//" : "") + location.substring(at + 1);
	}

}
