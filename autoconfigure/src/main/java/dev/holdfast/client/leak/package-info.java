/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * What operators see of leases, sockets, ports and descriptors.
 */
@NullMarked
package dev.holdfast.client.leak;

import org.jspecify.annotations.NullMarked;
