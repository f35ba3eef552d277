/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * A real web server as a child process.
 */
@NullMarked
package dev.holdfast.lab.nginx;

import org.jspecify.annotations.NullMarked;
