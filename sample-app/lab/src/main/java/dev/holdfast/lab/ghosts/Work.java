/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.ghosts;

import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.json.JsonParserFactory;

/**
 * What {@code /demo/outcomes} tells of a route.
 *
 * @param started requests whose work was begun
 * @param completed requests whose work reached its end
 * @param cancelled requests whose work was ended from outside
 * @param failed requests whose work ended by any other exception
 * @param running requests whose work goes on
 */
public record Work(long started, long completed, long cancelled, long failed, long running) {

	/**
	 * Reads an answer.
	 * @param json the answer
	 * @param route which route
	 * @return what it tells of the route
	 */
	public static Work parse(String json, String route) {
		if (!(JsonParserFactory.getJsonParser().parseMap(json).get(route) instanceof Map<?, ?> work)) {
			throw new IllegalArgumentException("Nothing of " + route + " in " + json);
		}
		return new Work(count(work.get("started")), count(work.get("completed")), count(work.get("cancelled")),
				count(work.get("failed")), count(work.get("running")));
	}

	private static long count(@Nullable Object value) {
		return Long.parseLong(String.valueOf(value));
	}

	/**
	 * What has come since.
	 * @param before what was told before
	 * @return the difference, except for what goes on
	 */
	Work since(Work before) {
		return new Work(this.started - before.started, this.completed - before.completed,
				this.cancelled - before.cancelled, this.failed - before.failed, this.running);
	}

	@Override
	public String toString() {
		return this.cancelled + " cancelled, " + this.completed + " completed, " + this.failed + " failed, "
				+ this.running + " running";
	}

}
