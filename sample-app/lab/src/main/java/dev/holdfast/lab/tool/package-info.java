/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Programs of others: where they are, and how they are started and ended.
 */
@NullMarked
package dev.holdfast.lab.tool;

import org.jspecify.annotations.NullMarked;
