/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.InterruptedIOException;

/**
 * Stops the thread of a call that has been cut; never seen outside, for the guard puts
 * the reason in its place.
 */
final class CallCutException extends InterruptedIOException {

	private static final long serialVersionUID = 1L;

	CallCutException() {
		super("The call was cut");
	}

}
