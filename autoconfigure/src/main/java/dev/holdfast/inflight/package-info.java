/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Engine of the in-flight table: what runs, since when, where. Knows neither Spring nor
 * servlets.
 */
@NullMarked
package dev.holdfast.inflight;

import org.jspecify.annotations.NullMarked;
