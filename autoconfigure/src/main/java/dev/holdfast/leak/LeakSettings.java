/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * What is suspected and what is taken back.
 *
 * @param suspectAfter age from which a lease is looked at
 * @param reclaim what is taken back
 * @param reclaimAfter how long an abandoned lease must have been left alone; needed for
 * {@link Reclaim#ABANDONED}
 * @param stacks when it is recorded where a lease is taken
 * @since 0.1.0
 */
public record LeakSettings(Duration suspectAfter, Reclaim reclaim, @Nullable Duration reclaimAfter, Stacks stacks) {
}
