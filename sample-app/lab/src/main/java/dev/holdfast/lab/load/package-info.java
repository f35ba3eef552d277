/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Open-loop load: requests leave when the schedule says so, whatever the server does.
 */
@NullMarked
package dev.holdfast.lab.load;

import org.jspecify.annotations.NullMarked;
