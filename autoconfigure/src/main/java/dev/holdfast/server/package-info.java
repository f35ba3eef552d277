/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The inbound server: the filter that admits, registers and releases each request, its
 * properties, endpoints and meters.
 */
@NullMarked
package dev.holdfast.server;

import org.jspecify.annotations.NullMarked;
