/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Tables and pages.
 */
@NullMarked
package dev.holdfast.lab.report;

import org.jspecify.annotations.NullMarked;
