/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What is read from a live Tomcat, and what a drain does to its connections.
 */
@NullMarked
package dev.holdfast.server.tomcat;

import org.jspecify.annotations.NullMarked;
