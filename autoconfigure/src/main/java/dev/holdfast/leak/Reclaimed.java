/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

/**
 * A lease that was taken back.
 *
 * @param pool name of the pool
 * @param target the peer
 * @param operation what it was taken for
 * @param origin the inbound request that it was taken in
 * @param tier how sure it was: {@code CERTAIN} or {@code ABANDONED}
 * @param ageNanos how old it was
 * @param atNanos when, as the ticker says it
 * @param site first line of the application where it was taken, empty if that was not
 * recorded
 * @since 0.1.0
 */
public record Reclaimed(String pool, String target, String operation, Origin origin, Reclaim tier, long ageNanos,
		long atNanos, String site) {
}
