/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lifetime;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jspecify.annotations.Nullable;

/**
 * Takes what {@link OwnedLifetime} logs, so that a failure that a test plants does not
 * litter its output.
 */
final class CapturedWarnings extends Handler implements AutoCloseable {

	private final Logger logger = Logger.getLogger(OwnedLifetime.class.getName());

	// an application that ran before may have switched it off
	private final @Nullable Level before = this.logger.getLevel();

	private final List<Throwable> thrown = new CopyOnWriteArrayList<>();

	CapturedWarnings() {
		this.logger.setLevel(Level.WARNING);
		this.logger.setUseParentHandlers(false);
		this.logger.addHandler(this);
	}

	List<Throwable> thrown() {
		return this.thrown;
	}

	@Override
	public void publish(LogRecord record) {
		this.thrown.add(record.getThrown());
	}

	@Override
	public void flush() {
		// nothing is buffered
	}

	@Override
	public void close() {
		this.logger.removeHandler(this);
		this.logger.setUseParentHandlers(true);
		this.logger.setLevel(this.before);
	}

}
