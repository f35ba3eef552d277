/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Connections that somebody has and does not give back: which ones are certainly lost,
 * which are suspected, and what is known about them.
 */
@NullMarked
package dev.holdfast.leak;

import org.jspecify.annotations.NullMarked;
