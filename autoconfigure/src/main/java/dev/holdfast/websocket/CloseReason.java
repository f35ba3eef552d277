/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.websocket;

import java.util.Locale;

/**
 * Why Holdfast has closed a session.
 */
enum CloseReason {

	/** The service is about to stop: the client is to connect again, elsewhere. */
	GOING_AWAY;

	String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
