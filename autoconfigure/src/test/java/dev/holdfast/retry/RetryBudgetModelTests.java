/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.holdfast.lifetime.ManualTicker;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Any sequence of operations against a model that remembers every moment.
 */
@Tag("B6")
class RetryBudgetModelTests {

	@Property(tries = 1_000)
	void decidesAsTheModelDoes(@ForAll @IntRange(max = 10) int tenths, @ForAll @IntRange(max = 1) int minPerSecond,
			@ForAll("operations") List<Operation> operations) {
		ManualTicker ticker = new ManualTicker(-12_345);
		RetryBudget budget = new RetryBudget(tenths / 10.0, minPerSecond, ticker);
		Model model = new Model(tenths, minPerSecond);
		for (Operation operation : operations) {
			switch (operation.kind()) {
				case PASS -> {
					ticker.advance(Duration.ofMillis(operation.amount()));
					model.millis += operation.amount();
				}
				case DEPOSIT -> {
					for (int i = 0; i < operation.amount() % 20; i++) {
						budget.deposit();
						model.calls.add(model.slot());
					}
				}
				case WITHDRAW -> {
					for (int i = 0; i < operation.amount() % 20; i++) {
						assertThat(budget.tryWithdraw()).isEqualTo(model.tryWithdraw());
					}
				}
			}
		}
		assertThat(budget.withdrawn()).isEqualTo(model.retries.size());
	}

	@Provide
	Arbitrary<List<Operation>> operations() {
		return Arbitraries.of(Kind.class)
			.flatMap((kind) -> Arbitraries.integers().between(0, 12_000).map((amount) -> new Operation(kind, amount)))
			.list()
			.ofMaxSize(80);
	}

	/**
	 * What happens.
	 */
	enum Kind {

		PASS, DEPOSIT, WITHDRAW

	}

	/**
	 * One step of a sequence.
	 *
	 * @param kind what happens
	 * @param amount milliseconds, or from how many times are derived
	 */
	record Operation(Kind kind, int amount) {

	}

	private static final class Model {

		private final int tenths;

		private final int minPerSecond;

		private final List<Long> calls = new ArrayList<>();

		private final List<Long> retries = new ArrayList<>();

		private long millis;

		private Model(int tenths, int minPerSecond) {
			this.tenths = tenths;
			this.minPerSecond = minPerSecond;
		}

		private long slot() {
			return this.millis / 500;
		}

		private boolean tryWithdraw() {
			if (recent(this.retries) < recent(this.calls) * this.tenths / 10 + this.minPerSecond * 10L) {
				this.retries.add(slot());
				return true;
			}
			return false;
		}

		private long recent(List<Long> slots) {
			return slots.stream().filter((slot) -> slot > slot() - 20).count();
		}

	}

}
