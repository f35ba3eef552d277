/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Instances of the sample application that are replaced one after the other while they
 * are used.
 */
@NullMarked
package dev.holdfast.lab.rollout;

import org.jspecify.annotations.NullMarked;
