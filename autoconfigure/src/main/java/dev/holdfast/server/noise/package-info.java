/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * Clients that go before they have their answer, which is normal on a network: counted,
 * and no errors in the log.
 */
@NullMarked
package dev.holdfast.server.noise;

import org.jspecify.annotations.NullMarked;
