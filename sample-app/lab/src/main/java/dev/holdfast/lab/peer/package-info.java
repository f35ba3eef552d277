/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Peers on loopback that misbehave, each in one way, from raw sockets.
 */
@NullMarked
package dev.holdfast.lab.peer;

import org.jspecify.annotations.NullMarked;
