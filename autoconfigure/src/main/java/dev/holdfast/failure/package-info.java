/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * A closed classification of what goes wrong on a network.
 */
@NullMarked
package dev.holdfast.failure;

import org.jspecify.annotations.NullMarked;
