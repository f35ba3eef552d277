/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Micro-benchmarks beside their floor.
 */
@NullMarked
package dev.holdfast.lab.bench;

import org.jspecify.annotations.NullMarked;
