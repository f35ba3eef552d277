/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import dev.holdfast.lifetime.EndReason;

/**
 * Status of the answer to requests that were ended. Every bean of this type counts; where
 * there is none for a reason it is 503.
 *
 * @param reason why they were ended
 * @param status status of the answer
 * @since 0.1.0
 */
public record EndedStatus(EndReason reason, int status) {
}
