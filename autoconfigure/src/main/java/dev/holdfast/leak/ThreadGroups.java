/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Who has the most threads: live platform threads, grouped by name. You need it when
 * threads have become many, not before: it looks at all of them.
 * <p>
 * Names that differ only in their numbers are a group. A number that all of them share is
 * shown, as the port of a server; one that differs is shown as {@code #}. Threads are
 * listed through their thread groups, which neither stops the JVM, as stack traces would,
 * nor makes an object for each.
 *
 * @since 0.1.0
 */
public final class ThreadGroups {

	private static final int LONGEST_NAME = 80;

	/** Between a digit and anything else. */
	private static final Pattern BORDER = Pattern.compile("(?<=\\d)(?=\\D)|(?<=\\D)(?=\\d)");

	private static final Pattern NUMBER = Pattern.compile("\\d+");

	private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

	private ThreadGroups() {
	}

	/**
	 * The groups with the most threads now.
	 * @param count most groups to name
	 * @return text such as {@code 200 http-nio-8080-exec-#, 34 pool-#-thread-#}
	 */
	public static String largest(int count) {
		return largest(live().map(Thread::getName), count);
	}

	static String largest(Stream<String> names, int count) {
		Map<String, Group> groups = new LinkedHashMap<>();
		names.forEach((name) -> {
			String shown = CONTROL.matcher(name).replaceAll("?");
			// no name has this character any more, so a group is alike in its parts
			groups.computeIfAbsent(NUMBER.matcher(shown).replaceAll("\0"), (key) -> new Group(shown)).add(shown);
		});
		return groups.values()
			.stream()
			.sorted(Comparator.comparingInt((Group group) -> group.size).reversed())
			.limit(count)
			.map(Group::text)
			.collect(Collectors.joining(", "));
	}

	private static Stream<Thread> live() {
		ThreadGroup root = Thread.currentThread().getThreadGroup();
		for (ThreadGroup parent = root.getParent(); parent != null; parent = root.getParent()) {
			root = parent;
		}
		Thread[] threads = new Thread[0];
		int found = 0;
		// what does not fit is left out silently: a full array may have been too small
		while (found == threads.length) {
			threads = new Thread[2 * root.activeCount() + 16];
			found = root.enumerate(threads);
		}
		return Stream.of(threads).limit(found);
	}

	/**
	 * Threads whose names differ only in their numbers.
	 */
	private static final class Group {

		private final @Nullable String[] parts;

		private int size;

		private Group(String name) {
			this.parts = BORDER.split(name, -1);
		}

		private void add(String name) {
			this.size++;
			String[] others = BORDER.split(name, -1);
			for (int i = 0; i < others.length; i++) {
				if (!others[i].equals(this.parts[i])) {
					this.parts[i] = null;
				}
			}
		}

		private String text() {
			String name = Stream.of(this.parts)
				.map((part) -> (part != null) ? part : "#")
				.collect(Collectors.joining());
			return this.size + " " + ((name.length() > LONGEST_NAME) ? name.substring(0, LONGEST_NAME) + "..." : name);
		}

	}

}
