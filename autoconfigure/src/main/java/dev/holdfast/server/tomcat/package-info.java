/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What admission reads from a live Tomcat.
 */
@NullMarked
package dev.holdfast.server.tomcat;

import org.jspecify.annotations.NullMarked;
