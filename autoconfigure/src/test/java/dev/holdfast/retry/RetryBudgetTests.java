/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.retry;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

import dev.holdfast.lifetime.ManualTicker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("B6")
class RetryBudgetTests {

	private final ManualTicker ticker = new ManualTicker();

	@Test
	void grantsAFifthOfTheCalls() {
		RetryBudget budget = new RetryBudget(0.2, 0, this.ticker);
		deposit(budget, 50);
		assertThat(withdrawAll(budget)).isEqualTo(10);
	}

	@Test
	void grantsTheMinimumOfTheWholeWindowAtOnce() {
		assertThat(withdrawAll(new RetryBudget(0.2, 10, this.ticker))).isEqualTo(100);
	}

	@Test
	void theMinimumComesOnTopOfTheShare() {
		RetryBudget budget = new RetryBudget(0.2, 10, this.ticker);
		deposit(budget, 1_000);
		assertThat(withdrawAll(budget)).isEqualTo(300);
	}

	@Test
	void grantsNothingWithoutCallsAndMinimum() {
		assertThat(new RetryBudget(1, 0, this.ticker).tryWithdraw()).isFalse();
	}

	@Test
	void grantsNothingForCallsWithoutARatio() {
		RetryBudget budget = new RetryBudget(0, 0, this.ticker);
		deposit(budget, 1_000);
		assertThat(budget.tryWithdraw()).isFalse();
	}

	@Test
	void aFractionOfARetryIsNone() {
		RetryBudget budget = new RetryBudget(0.2, 0, this.ticker);
		deposit(budget, 4);
		assertThat(budget.tryWithdraw()).isFalse();
		budget.deposit();
		assertThat(budget.tryWithdraw()).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "0.29, 100, 29", "0.07, 100, 7", "0.1, 30, 3", "1, 7, 7", "0.000001, 1000000, 1" })
	void aRatioIsExact(double ratio, int calls, int retries) {
		RetryBudget budget = new RetryBudget(ratio, 0, this.ticker);
		deposit(budget, calls);
		assertThat(withdrawAll(budget)).isEqualTo(retries);
	}

	@Test
	void callsAreForgottenAfterTenSeconds() {
		RetryBudget budget = new RetryBudget(1, 0, this.ticker);
		deposit(budget, 3);
		this.ticker.advance(RetryBudget.WINDOW.minusNanos(1));
		assertThat(budget.tryWithdraw()).isTrue();
		this.ticker.advance(Duration.ofNanos(1));
		assertThat(budget.tryWithdraw()).isFalse();
	}

	@Test
	void retriesAreForgottenAfterTenSeconds() {
		RetryBudget budget = new RetryBudget(0, 1, this.ticker);
		assertThat(withdrawAll(budget)).isEqualTo(10);
		this.ticker.advance(RetryBudget.WINDOW.minusNanos(1));
		assertThat(budget.tryWithdraw()).isFalse();
		this.ticker.advance(Duration.ofNanos(1));
		assertThat(withdrawAll(budget)).isEqualTo(10);
	}

	@Test
	void aRetryOutlivesTheCallThatPaidForIt() {
		RetryBudget budget = new RetryBudget(1, 0, this.ticker);
		deposit(budget, 1);
		this.ticker.advance(Duration.ofSeconds(9));
		assertThat(budget.tryWithdraw()).isTrue();
		this.ticker.advance(Duration.ofSeconds(2));
		deposit(budget, 1);
		assertThat(budget.tryWithdraw()).as("one call and one retry within ten seconds").isFalse();
		this.ticker.advance(Duration.ofSeconds(8));
		assertThat(budget.tryWithdraw()).as("the retry is forgotten, the call is not").isTrue();
	}

	@Test
	void silenceOfYearsLeavesTheMinimum() {
		RetryBudget budget = new RetryBudget(1, 1, this.ticker);
		deposit(budget, 100);
		withdrawAll(budget);
		this.ticker.advance(Duration.ofDays(365 * 30));
		assertThat(withdrawAll(budget)).isEqualTo(10);
	}

	@Test
	void aReadingThatWrapsAroundDoesNotMatter() {
		ManualTicker wrapping = new ManualTicker(Long.MAX_VALUE - Duration.ofSeconds(5).toNanos());
		RetryBudget budget = new RetryBudget(0, 1, wrapping);
		assertThat(withdrawAll(budget)).isEqualTo(10);
		wrapping.advance(Duration.ofSeconds(9));
		assertThat(budget.tryWithdraw()).isFalse();
		wrapping.advance(Duration.ofSeconds(1));
		assertThat(budget.tryWithdraw()).isTrue();
	}

	@Test
	void aThreadThatWasHeldUpReadsTheClockAgain() {
		Queue<Integer> seconds = new ArrayDeque<>(List.of(0, 15, 2, 15));
		RetryBudget budget = new RetryBudget(0, 1, () -> Duration.ofSeconds(seconds.remove()).toNanos());
		assertThat(budget.tryWithdraw()).isTrue();
		assertThat(seconds).as("still to be read").hasSize(2);
		assertThat(budget.tryWithdraw()).isTrue();
		assertThat(seconds).as("still to be read").isEmpty();
	}

	@Test
	void countsWhatItGrantedAndWhatItDidNot() {
		RetryBudget budget = new RetryBudget(0.5, 0, this.ticker);
		deposit(budget, 4);
		for (int i = 0; i < 5; i++) {
			budget.tryWithdraw();
		}
		assertThat(budget.withdrawn()).isEqualTo(2);
		assertThat(budget.exhausted()).isEqualTo(3);
		this.ticker.advance(Duration.ofHours(1));
		assertThat(budget.withdrawn()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(doubles = { -0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY })
	void refusesARatioOutOfItsRange(double ratio) {
		assertThatIllegalArgumentException().isThrownBy(() -> new RetryBudget(ratio, 0, this.ticker))
			.withMessageContaining("ratio")
			.withMessageContaining(Double.toString(ratio));
	}

	@Test
	void refusesAMinimumBelowZero() {
		assertThatIllegalArgumentException().isThrownBy(() -> new RetryBudget(0, -1, this.ticker))
			.withMessage("minPerSecond must be at least 0, was -1");
	}

	private static void deposit(RetryBudget budget, int times) {
		for (int i = 0; i < times; i++) {
			budget.deposit();
		}
	}

	private static int withdrawAll(RetryBudget budget) {
		int times = 0;
		while (budget.tryWithdraw()) {
			times++;
		}
		return times;
	}

}
