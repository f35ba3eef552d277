/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.leaks;

import java.util.List;

import dev.holdfast.lab.leaks.CallSeries.Call;
import dev.holdfast.lab.leaks.CallSeries.Outcome;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallSeriesTests {

	private static final Outcome MENDED = new Outcome(
			List.of(new Call(0.1, "timeout"), new Call(0.9, "timeout"), new Call(1.7, "ok"), new Call(2.0, "ok")));

	@Test
	void countsWhatWasServed() {
		assertThat(MENDED.served()).isEqualTo(2);
		assertThat(MENDED.failed()).isEqualTo(2);
		assertThat(MENDED.lastFailure()).isEqualTo(0.9);
		assertThat(MENDED.allFailed()).isFalse();
		assertThat(MENDED.allServed()).isFalse();
		assertThat(MENDED).hasToString("4 calls, {ok=2, timeout=2}");
	}

	@Test
	void looksAtLaterCallsOnly() {
		assertThat(MENDED.after(0.9).allServed()).isTrue();
		assertThat(MENDED.after(0.8).allServed()).isFalse();
	}

	@Test
	void noCallProvesNothing() {
		Outcome nothing = MENDED.after(2.0);
		assertThat(nothing.allServed()).isFalse();
		assertThat(nothing.allFailed()).isFalse();
		assertThat(nothing.lastFailure()).isNegative();
	}

}
