/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.leaks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.json.JsonParserFactory;

/**
 * What {@code /actuator/leaks} tells of the leases of all pools. What is missing there is
 * empty here.
 *
 * @param suspects leases that look lost
 * @param reclaimed leases that were taken back
 */
record LeakReport(List<Entry> suspects, List<Entry> reclaimed) {

	static final LeakReport EMPTY = new LeakReport(List.of(), List.of());

	LeakReport {
		suspects = List.copyOf(suspects);
		reclaimed = List.copyOf(reclaimed);
	}

	static LeakReport parse(String json) {
		Map<String, Object> report = JsonParserFactory.getJsonParser().parseMap(json);
		return new LeakReport(entries(report, "suspects"), entries(report, "reclaimed"));
	}

	/**
	 * The same for one pool.
	 * @param pool its name
	 * @return what is told of that pool
	 */
	LeakReport of(String pool) {
		return new LeakReport(this.suspects.stream().filter((entry) -> entry.pool().equals(pool)).toList(),
				this.reclaimed.stream().filter((entry) -> entry.pool().equals(pool)).toList());
	}

	/**
	 * How many leases were taken back for a reason.
	 * @param tier such as {@code certain}
	 * @return the count
	 */
	long reclaimed(String tier) {
		return this.reclaimed.stream().filter((entry) -> entry.tier().equals(tier)).count();
	}

	private static List<Entry> entries(Map<String, Object> report, String name) {
		List<Entry> entries = new ArrayList<>();
		for (Object element : list(report.get(name))) {
			if (element instanceof Map<?, ?> entry) {
				entries.add(Entry.of(entry));
			}
		}
		return entries;
	}

	private static List<?> list(@Nullable Object value) {
		return (value instanceof List<?> list) ? list : List.of();
	}

	/**
	 * A lease.
	 *
	 * @param pool name of the pool
	 * @param operation what it was taken for
	 * @param route route of the inbound request
	 * @param handler the method that handled it
	 * @param kind why it is suspected
	 * @param tier how sure one was when it was taken back
	 * @param takenAt where it was taken, one frame a line
	 */
	record Entry(String pool, String operation, String route, String handler, String kind, String tier,
			List<String> takenAt) {

		Entry {
			takenAt = List.copyOf(takenAt);
		}

		private static Entry of(Map<?, ?> entry) {
			return new Entry(text(entry, "pool"), text(entry, "operation"), text(entry, "route"),
					text(entry, "handler"), text(entry, "kind"), text(entry, "tier"),
					list(entry.get("takenAt")).stream().map(String::valueOf).toList());
		}

		private static String text(Map<?, ?> entry, String name) {
			Object value = entry.get(name);
			return (value != null) ? value.toString() : "";
		}

		/**
		 * The frame in which a method took it.
		 * @param frame regular expression that part of the line has to match
		 * @return the line
		 */
		Optional<String> frame(String frame) {
			return this.takenAt.stream().filter((line) -> line.matches(".*" + frame + ".*")).findFirst();
		}

	}

}
