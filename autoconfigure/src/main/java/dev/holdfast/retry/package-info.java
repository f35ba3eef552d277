/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * When a call may be tried again, and after which pause. Knows neither Spring nor HTTP.
 */
@NullMarked
package dev.holdfast.retry;

import org.jspecify.annotations.NullMarked;
