/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What happens to a service when those whom it calls misbehave: Boot's own client beside
 * the bounded one.
 */
@NullMarked
package dev.holdfast.lab.outbound;

import org.jspecify.annotations.NullMarked;
