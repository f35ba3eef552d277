/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The sample application as a child process.
 */
@NullMarked
package dev.holdfast.lab.app;

import org.jspecify.annotations.NullMarked;
