/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What takes its time and is waited for, or must be done although nobody waits.
 */
@NullMarked
package dev.holdfast.lab.patience;

import org.jspecify.annotations.NullMarked;
