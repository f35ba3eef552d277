/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

/**
 * What was answered to requests that began while an instance was draining.
 */
final class HeaderCounts {

	private int answers;

	private int closing;

	private int streamed;

	private int chunked;

	private int unanswered;

	private int failed;

	/**
	 * Counts an answer.
	 * @param answer the answer
	 * @param isStreamed whether its body is chunked when nothing is draining
	 */
	void answered(Answer answer, boolean isStreamed) {
		this.answers++;
		this.closing += answer.closes() ? 1 : 0;
		this.failed += (answer.status() / 100 == 2) ? 0 : 1;
		if (isStreamed) {
			this.streamed++;
			this.chunked += answer.chunked() ? 1 : 0;
		}
	}

	void unanswered() {
		this.unanswered++;
	}

	int answers() {
		return this.answers;
	}

	int closing() {
		return this.closing;
	}

	int streamed() {
		return this.streamed;
	}

	int chunked() {
		return this.chunked;
	}

	@Override
	public String toString() {
		return this.closing + " of " + this.answers + " answers close, " + this.chunked + " of " + this.streamed
				+ " chunked, " + this.failed + " not 2xx, " + this.unanswered + " requests unanswered";
	}

}
