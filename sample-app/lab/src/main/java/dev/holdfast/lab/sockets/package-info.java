/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The kernel's socket table: what reading it costs, and whether it tells in time that the
 * ephemeral ports run out.
 */
@NullMarked
package dev.holdfast.lab.sockets;

import org.jspecify.annotations.NullMarked;
