/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Engine of the admission: limits, priorities, routes and a short bounded queue. Knows
 * neither Spring nor servlets.
 */
@NullMarked
package dev.holdfast.concurrency;

import org.jspecify.annotations.NullMarked;
