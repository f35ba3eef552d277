/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What admission reads from a live Jetty.
 */
@NullMarked
package dev.holdfast.server.jetty;

import org.jspecify.annotations.NullMarked;
