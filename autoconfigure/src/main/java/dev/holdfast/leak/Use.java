/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

/**
 * A lease at one moment.
 *
 * @param activity what is being done with it
 * @param ageNanos time since it was taken
 * @param stillNanos time since anything was last sent, received or asked for
 * @param waitedNanos time spent waiting for the peer so far; 0 where that is not measured
 * @param bytes what has been sent and received of bodies so far; 0 where that is not
 * counted
 * @since 0.1.0
 */
public record Use(Activity activity, long ageNanos, long stillNanos, long waitedNanos, long bytes) {
}
