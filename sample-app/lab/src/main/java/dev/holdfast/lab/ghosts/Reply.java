/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.ghosts;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What became of a request whose client waits.
 *
 * @param status the status, 0 if there was no answer
 * @param failed whether a good status tells of a call that failed
 * @param took until the answer, or until the client gave up
 */
record Reply(int status, boolean failed, Duration took) {

	static Reply of(@Nullable HttpResponse<String> response, Duration took) {
		return (response != null)
				? new Reply(response.statusCode(), response.body().contains("\"outcome\":\"failed\""), took)
				: new Reply(0, false, took);
	}

	boolean isOk() {
		return this.status == 200 && !this.failed;
	}

	double millis() {
		return this.took.toNanos() / 1e6;
	}

	@Override
	public String toString() {
		String time = (this.took.toSeconds() < 1) ? String.format(Locale.ROOT, "%.0f ms", millis())
				: String.format(Locale.ROOT, "%.1f s", millis() / 1000);
		if (this.status == 0) {
			return "none in " + time;
		}
		return this.status + (this.failed ? " (call failed) in " : " in ") + time;
	}

}
