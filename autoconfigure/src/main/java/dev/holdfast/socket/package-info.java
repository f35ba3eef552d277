/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What the kernel knows of the sockets of this machine, or of this container:
 * {@link dev.holdfast.socket.Sockets} reads, everything else is what was read. JDK only.
 */
@NullMarked
package dev.holdfast.socket;

import org.jspecify.annotations.NullMarked;
