/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.holdfast.lifetime.ManualTicker;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What readings may cost, however they are asked for.
 */
@Tag("A5")
class ReadingBudgetTests {

	@Property(tries = 1_000)
	void nothingIsReadBeforeWhatWasReadIsPaidFor(@ForAll("questions") List<Question> questions) {
		ManualTicker ticker = new ManualTicker(-12_345);
		Meter meter = new Meter(ticker);
		Sockets sockets = new Sockets(Path.of("none"), ticker::nanos, meter::processorNanos);
		for (Question question : questions) {
			ticker.advance(Duration.ofMillis(question.pauseMillis()));
			meter.costNanos = Duration.ofMillis(question.costMillis()).toNanos();
			if (question.hurry()) {
				sockets.fresh();
			}
			else {
				sockets.table();
			}
		}
	}

	@Provide
	Arbitrary<List<Question>> questions() {
		// mostly small ones, and some that save all that can be saved
		Arbitrary<Integer> pauses = Arbitraries.integers().between(0, 20_000);
		return Combinators.combine(Arbitraries.of(true, false), pauses, Arbitraries.integers().between(0, 150))
			.as(Question::new)
			.list()
			.ofMaxSize(80);
	}

	/**
	 * Somebody asks.
	 *
	 * @param hurry whether what is saved may be spent
	 * @param pauseMillis time since the question before
	 * @param costMillis what a reading takes
	 */
	record Question(boolean hurry, int pauseMillis, int costMillis) {
	}

	/** Is asked at the beginning and at the end of each reading. */
	private static final class Meter {

		private final ManualTicker ticker;

		private final long begin;

		private long costNanos;

		private long spentNanos;

		private boolean reading;

		Meter(ManualTicker ticker) {
			this.ticker = ticker;
			this.begin = ticker.nanos();
		}

		long processorNanos() {
			this.reading = !this.reading;
			if (this.reading) {
				assertThat(this.spentNanos).isLessThanOrEqualTo((this.ticker.nanos() - this.begin) / 100);
			}
			else {
				this.spentNanos += this.costNanos;
			}
			return this.spentNanos;
		}

	}

}
