/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * How long a request may take from the end of its body to the first byte of its response,
 * and what happens when it takes longer.
 */
@NullMarked
package dev.holdfast.server.deadline;

import org.jspecify.annotations.NullMarked;
