/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * WebSockets: the sessions of Spring's handlers, and what happens to them when the
 * service is about to stop.
 */
@NullMarked
package dev.holdfast.websocket;

import org.jspecify.annotations.NullMarked;
