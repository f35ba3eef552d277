/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What every adapter needs of Spring's environment: better defaults for Boot's own keys,
 * and where a value comes from.
 */
@NullMarked
package dev.holdfast.settings;

import org.jspecify.annotations.NullMarked;
