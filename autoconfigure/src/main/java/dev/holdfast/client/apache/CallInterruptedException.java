/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.InterruptedIOException;

/**
 * The thread of a call was interrupted while it waited.
 */
final class CallInterruptedException extends InterruptedIOException {

	private static final long serialVersionUID = 1L;

	CallInterruptedException() {
		super("The thread was interrupted");
	}

}
