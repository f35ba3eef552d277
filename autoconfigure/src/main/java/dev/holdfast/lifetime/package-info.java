/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * How long work may go on: deadlines, the {@link dev.holdfast.lifetime.Lifetime} of a
 * request, why it ended, and how it is carried to other threads. JDK only.
 */
@NullMarked
package dev.holdfast.lifetime;

import org.jspecify.annotations.NullMarked;
