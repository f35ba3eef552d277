/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.ghosts;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class WorkTests {

	private static final String JSON = """
			{"sleep":{"started":0,"completed":0,"cancelled":0,"failed":0,"running":0},
			"query":{"started":12,"completed":3,"cancelled":4,"failed":2,"running":3}}""";

	@Test
	void readsWhatIsToldOfARoute() {
		assertThat(Work.parse(JSON, "query")).isEqualTo(new Work(12, 3, 4, 2, 3));
	}

	@Test
	void routeThatIsNotToldOfIsAnError() {
		assertThatIllegalArgumentException().isThrownBy(() -> Work.parse(JSON, "upstream"))
			.withMessageContaining("upstream");
	}

	@Test
	void numberThatIsMissingIsAnError() {
		assertThatIllegalArgumentException().isThrownBy(() -> Work.parse("{\"query\":{\"started\":1}}", "query"));
	}

	@Test
	void tellsWhatHasComeSince() {
		Work since = Work.parse(JSON, "query").since(new Work(10, 3, 3, 1, 9));
		assertThat(since).isEqualTo(new Work(2, 0, 1, 1, 3))
			.hasToString("1 cancelled, 0 completed, 1 failed, 3 running");
	}

}
