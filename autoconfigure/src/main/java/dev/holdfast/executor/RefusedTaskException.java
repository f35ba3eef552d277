/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import org.springframework.core.task.TaskRejectedException;

/**
 * A task was not taken, or waited too long. Without a stack trace: it is thrown when
 * there is too much to do already, and it says itself what to turn.
 */
final class RefusedTaskException extends TaskRejectedException {

	private static final long serialVersionUID = 1L;

	RefusedTaskException(String message) {
		super(message);
	}

	@Override
	@SuppressWarnings("UnsynchronizedOverridesSynchronized")
	public Throwable fillInStackTrace() {
		return this;
	}

}
