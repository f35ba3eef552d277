/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EndingTests {

	private static final Ending GOOD = new Ending(200, "text/plain", true, "", 5_000_000_000L);

	private static final Ending REFUSED = new Ending(503, "application/problem+json", true, "", 7_000_000_000L);

	private static final Ending EOF = new Ending(0, "", false, "EOF", 6_000_000_000L);

	@Test
	void aProblemIsARefusalAndAnEndIsNot() {
		assertThat(REFUSED.isRefused()).isTrue();
		assertThat(REFUSED.isGood()).isFalse();
		assertThat(EOF.isRefused()).isFalse();
		assertThat(EOF.isGood()).isFalse();
		assertThat(GOOD.isGood()).isTrue();
		assertThat(new Ending(503, "text/html", true, "", 0).isRefused()).isFalse();
		assertThat(new Ending(503, "application/problem+json", true, "EOF", 0).isRefused()).isFalse();
	}

	@Test
	void areToldByKind() {
		assertThat(Ending.text(List.of(GOOD, EOF, GOOD, REFUSED)))
			.isEqualTo("2 x 200, 1 x 503 application/problem+json, 1 x EOF without a byte");
		assertThat(Ending.last(List.of(GOOD, EOF), 1_000_000_000L)).isEqualTo("5.0 s");
	}

}
