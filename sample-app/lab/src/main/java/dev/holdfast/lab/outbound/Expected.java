/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.util.function.Predicate;

import dev.holdfast.failure.CallPhase;
import dev.holdfast.failure.FailureKind;

/**
 * How a call has to end.
 *
 * @param text in a word
 * @param atTheLimit whether the limit ends it, so that it must not end before
 * @param ending whether it ended so
 */
record Expected(String text, boolean atTheLimit, Predicate<Trial> ending) {

	static Expected failure(FailureKind kind, CallPhase phase) {
		return new Expected(kind.label() + "/" + phase.label(), true,
				(trial) -> trial.failure()
					.filter((failure) -> failure.kind() == kind && failure.phase() == phase)
					.isPresent());
	}

	/**
	 * A refusal that arrives.
	 * @param status the refusal's status
	 * @return what has to end within the limit
	 */
	static Expected status(int status) {
		return new Expected(Integer.toString(status), false, (trial) -> trial.status() == status);
	}

	static Expected success() {
		return new Expected("no failure", false, (trial) -> trial.ended() && trial.thrown() == null);
	}

	/**
	 * The same, with something in the message.
	 * @param part what the message has to contain
	 * @return what is expected
	 */
	Expected saying(String part) {
		return new Expected(this.text + " that names " + part, this.atTheLimit,
				this.ending.and((trial) -> trial.messages().contains(part)));
	}

}
