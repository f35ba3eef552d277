/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Experiments and what has to hold in them.
 */
@NullMarked
package dev.holdfast.lab.scenario;

import org.jspecify.annotations.NullMarked;
