/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.time.Duration;

import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.lifetime.EndReason;
import dev.holdfast.server.FirstByte;
import dev.holdfast.server.RequestCompanion;
import dev.holdfast.server.Wire;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * One request, and since when its handler has ignored that its time is over.
 */
final class IgnoredEnd implements RequestCompanion {

	private final Wire wire;

	private final IgnoredEnds watch;

	private volatile @Nullable HttpServletResponse response;

	// touched by the thread of the patrol: the age at which the end was seen
	private @Nullable Duration endedAt;

	private boolean done;

	IgnoredEnd(Wire wire, IgnoredEnds watch) {
		this.wire = wire;
		this.watch = watch;
	}

	@Override
	public HttpServletRequest admitted(RunningRequest running, HttpServletRequest request,
			HttpServletResponse itsResponse) {
		this.response = itsResponse;
		return request;
	}

	@Override
	public void leftByItsThread(RunningRequest running, HttpServletRequest request) {
		// whoever is to answer may ignore it, too
	}

	@Override
	public void finished(RunningRequest running) {
		this.response = null;
	}

	@Override
	public void inspect(RunningRequest running, Duration age) {
		if (this.done || running.lifetime().endReason() != EndReason.DEADLINE) {
			return;
		}
		Duration since = this.endedAt;
		if (since == null) {
			this.endedAt = age;
		}
		else if (age.minus(since).compareTo(this.watch.closeAfter()) >= 0) {
			this.done = true;
			close(running);
		}
	}

	// an answer that is on its way may arrive
	private void close(RunningRequest running) {
		HttpServletResponse asked = this.response;
		if (asked != null && !FirstByte.isOut(asked) && !running.isEnded() && this.wire.close()) {
			this.watch.closed(running);
		}
	}

}
