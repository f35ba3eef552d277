/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Work that is handed to other threads: Boot's own task executor with a bound, who
 * carries the {@link dev.holdfast.lifetime.Lifetime} of a request there, and what becomes
 * of tasks whose turn comes too late.
 */
@NullMarked
package dev.holdfast.executor;

import org.jspecify.annotations.NullMarked;
