/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.leaks;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.json.JsonParserFactory;

/**
 * What {@code /actuator/leaks} tells of all leases together.
 *
 * @param leases how many there are now
 * @param suspected how many are suspected now, by kind
 * @param reclaimed how many were taken back since the start
 * @param late how many were suspected and came back by themselves, since the start
 * @param findings what else is found, by id
 */
record LeakTotals(long leases, Map<String, Long> suspected, long reclaimed, long late, List<String> findings) {

	LeakTotals {
		suspected = Map.copyOf(suspected);
		findings = List.copyOf(findings);
	}

	/**
	 * Reads an answer.
	 * @param json the answer
	 * @return its totals
	 * @throws RuntimeException if it is not such an answer
	 */
	static LeakTotals parse(String json) {
		Map<String, Object> report = JsonParserFactory.getJsonParser().parseMap(json);
		Map<?, ?> totals = map(report.get("totals"));
		Map<String, Long> suspected = new TreeMap<>();
		map(totals.get("suspected")).forEach((kind, count) -> suspected.put(kind.toString(), number(count)));
		long reclaimed = map(totals.get("reclaimed")).values().stream().mapToLong(LeakTotals::number).sum();
		if (!(report.get("findings") instanceof List<?> findings)) {
			throw new IllegalArgumentException("No findings in " + json);
		}
		return new LeakTotals(number(totals.get("leases")), suspected, reclaimed, number(totals.get("late")),
				findings.stream().map((finding) -> String.valueOf(map(finding).get("id"))).toList());
	}

	private static Map<?, ?> map(@Nullable Object value) {
		if (value instanceof Map<?, ?> map) {
			return map;
		}
		throw new IllegalArgumentException("An object is expected, not " + value);
	}

	private static long number(@Nullable Object value) {
		if (value instanceof Number number) {
			return number.longValue();
		}
		throw new IllegalArgumentException("A number is expected, not " + value);
	}

}
