/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What a reader wants to see of a stack.
 *
 * @since 0.1.0
 */
public final class CallStack {

	/**
	 * Frames that stand between the application and the network. Of Apache and Spring
	 * only what does so: applications may live in packages of theirs, as Spring's samples
	 * do.
	 */
	private static final List<String> BETWEEN = Stream
		.of(Stream.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "kotlin.", "kotlinx.", "jakarta.",
				"org.eclipse.jetty.", "io.micrometer.", "reactor.", "com.zaxxer."),
				Stream.of("catalina", "coyote", "hc", "http", "tomcat").map((name) -> "org.apache." + name + "."),
				Stream
					.of("aop", "beans", "boot", "cache", "cglib", "cloud", "context", "core", "dao", "data", "http",
							"integration", "jdbc", "messaging", "orm", "resilience", "retry", "scheduling", "security",
							"session", "transaction", "util", "validation", "web", "ws")
					.map((name) -> "org.springframework." + name + "."),
				Stream.of("client", "jdbc", "leak", "server").map((name) -> "dev.holdfast." + name + "."))
		.flatMap((names) -> names)
		.toList();

	private static final int MOST = 30;

	private CallStack() {
	}

	/**
	 * The frames of the application, innermost first.
	 * @param taken made for its stack
	 * @return at most thirty lines, empty if there is no stack
	 */
	public static List<String> application(@Nullable Throwable taken) {
		if (taken == null) {
			return List.of();
		}
		return Arrays.stream(taken.getStackTrace())
			.filter((frame) -> BETWEEN.stream().noneMatch(frame.getClassName()::startsWith))
			.limit(MOST)
			.map(StackTraceElement::toString)
			.toList();
	}

	/**
	 * The line of the application that took a lease.
	 * @param taken made for its stack
	 * @return the line, empty if it is not known
	 */
	static String site(@Nullable Throwable taken) {
		List<String> lines = application(taken);
		return lines.isEmpty() ? "" : lines.get(0);
	}

	/**
	 * The whole stack of a thread.
	 * @param thread the thread
	 * @return its lines, innermost first
	 */
	public static List<String> of(Thread thread) {
		return Arrays.stream(thread.getStackTrace()).map(StackTraceElement::toString).toList();
	}

}
