/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

/**
 * The outbound client on Apache HttpClient 5: an execution chain and a connection manager
 * around the ones that Boot builds.
 */
@NullMarked
package dev.holdfast.client.apache;

import org.jspecify.annotations.NullMarked;
