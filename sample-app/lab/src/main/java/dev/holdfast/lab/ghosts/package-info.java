/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Work for somebody who has left.
 */
@NullMarked
package dev.holdfast.lab.ghosts;

import org.jspecify.annotations.NullMarked;
