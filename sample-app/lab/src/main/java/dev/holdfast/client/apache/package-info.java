/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Benchmarks of the outbound client, in its package because its types are hidden.
 */
@NullMarked
package dev.holdfast.client.apache;

import org.jspecify.annotations.NullMarked;
