/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The drain: a service that is about to stop says so, serves what still comes, and only
 * then closes its port, ends what is left, and stops.
 */
@NullMarked
package dev.holdfast.shutdown;

import org.jspecify.annotations.NullMarked;
