/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Connections that a bug does not give back: the same bug with Boot's own client and with
 * the bounded one.
 */
@NullMarked
package dev.holdfast.lab.leaks;

import org.jspecify.annotations.NullMarked;
