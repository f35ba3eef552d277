/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import org.jspecify.annotations.Nullable;

/**
 * How a call of the upstream went.
 *
 * @param outcome {@code ok} or {@code failed}
 * @param status the upstream's status, if it answered
 * @param kind the kind of the failure, if it is known
 * @param phase the phase of the call that failed, if it is known
 * @param elapsedMs how long the call took
 */
record UpstreamAnswer(String outcome, @Nullable Integer status, @Nullable String kind, @Nullable String phase,
		long elapsedMs) {

}
