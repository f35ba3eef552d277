/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import org.jspecify.annotations.Nullable;

/**
 * A lease that is suspected, as it was looked at last.
 *
 * @param lease the lease
 * @param kind what is likely to be the matter
 * @param evidence what speaks for it, in words
 * @param use how it was used then
 * @param owner the thread that took it, {@code null} if it has ended
 * @since 0.1.0
 */
public record Suspect(Lease lease, SuspicionKind kind, String evidence, Use use, @Nullable Thread owner) {
}
