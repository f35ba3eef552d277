/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.inflight;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A look at a running request, again and again, by one thread for all of them.
 *
 * @since 0.1.0
 */
@FunctionalInterface
public interface Inspection {

	/**
	 * Looks at a request. It must neither block nor keep the request after its end.
	 * @param request the request
	 * @param age time since it was registered
	 */
	void inspect(RunningRequest request, Duration age);

	/**
	 * Time until the request has to be answered, whether it is ended then or not. Asked
	 * by any thread.
	 * @param request the request
	 * @param age time since it was registered
	 * @return what is left, never negative; {@code null} if this sets no time
	 */
	default @Nullable Duration timeLeft(RunningRequest request, Duration age) {
		return null;
	}

}
