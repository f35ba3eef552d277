/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Notices that the client of a request has left while the request still runs and has not
 * begun to answer.
 */
@NullMarked
package dev.holdfast.server.disconnect;

import org.jspecify.annotations.NullMarked;
