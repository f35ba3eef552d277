/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * A real database as a child process.
 */
@NullMarked
package dev.holdfast.lab.postgres;

import org.jspecify.annotations.NullMarked;
