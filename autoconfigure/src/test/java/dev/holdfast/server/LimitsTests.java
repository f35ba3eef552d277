/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.OptionalInt;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("C1")
class LimitsTests {

	private static final Limits.Chosen AUTO = new Limits.Chosen(OptionalInt.empty(), OptionalInt.empty(),
			OptionalInt.empty());

	@ParameterizedTest(name = "{0} threads, ours: {1}")
	@CsvSource(textBlock = """
			# threads, ours,  limit, queued, burst, excluded
			300,       true,  200,   60,     40,    8
			297,       true,  200,   60,     37,    8
			300,       false, 280,   12,     8,     4
			200,       false, 180,   12,     8,     4
			50,        false, 45,    0,      5,     2
			10,        false, 9,     0,      1,     2
			2,         false, 1,     0,      1,     2
			1,         false, 1,     0,      0,     2
			0,         false, 1,     0,      0,     2
			""")
	void platformThreadsLeaveSomeFreeToRefuse(int threads, boolean ours, int limit, int queued, int burst,
			int excluded) {
		Limits limits = Limits.of(AUTO, new ServerCapacity("Tomcat", threads, threads, false, 8192), ours);
		assertThat(limits).isEqualTo(new Limits(limit, queued, burst, 6553, excluded));
	}

	@Test
	void virtualThreadsWithoutACapAreBoundedByTheLimitOnly() {
		Limits limits = Limits.of(AUTO, new ServerCapacity("Tomcat", -1, -1, true, 8192), false);
		assertThat(limits).isEqualTo(new Limits(1000, 1000, 0, 6553, 8));
	}

	@Test
	void virtualThreadsWithACapKeepSomeFreeToRefuse() {
		Limits limits = Limits.of(AUTO, new ServerCapacity("Jetty", 1250, 1250, true, -1), false);
		assertThat(limits).isEqualTo(new Limits(1000, 210, 40, 6553, 8));
	}

	@Test
	void serverOfUnknownCapacityGetsTheLimitOfBootsDefault() {
		Limits limits = Limits.of(AUTO, new ServerCapacity("other", -1, -1, false, -1), false);
		assertThat(limits).isEqualTo(new Limits(200, 60, 0, 6553, 8));
	}

	@ParameterizedTest
	@ValueSource(ints = { 9, 10, 50, 180, 200, 1000 })
	void threadsForALimitAreTheFewestThatItFollowsFrom(int limit) {
		int threads = Limits.threadsFor(limit);
		assertThat(userLimit(threads)).isEqualTo(limit);
		assertThat(userLimit(threads - 1)).as("one thread less").isLessThan(limit);
	}

	private static int userLimit(int threads) {
		return Limits.of(AUTO, new ServerCapacity("Tomcat", threads, threads, false, 8192), false).limit();
	}

	@Test
	void whatTheUserChoseIsTakenAsItIs() {
		Limits.Chosen chosen = new Limits.Chosen(OptionalInt.of(500), OptionalInt.of(0), OptionalInt.of(7));
		Limits limits = Limits.of(chosen, new ServerCapacity("Tomcat", 300, 300, false, 100), true);
		assertThat(limits).isEqualTo(new Limits(500, 0, 0, 7, 2));
	}

}
