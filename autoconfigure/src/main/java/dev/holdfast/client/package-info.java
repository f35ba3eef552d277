/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The outbound client: limits of every phase, failures with a name, and the properties
 * and findings that need no HTTP library.
 */
@NullMarked
package dev.holdfast.client;

import org.jspecify.annotations.NullMarked;
