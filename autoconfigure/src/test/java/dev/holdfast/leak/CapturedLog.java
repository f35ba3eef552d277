/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * What a class of this package logs.
 */
final class CapturedLog extends Handler implements AutoCloseable {

	private final SimpleFormatter formatter = new SimpleFormatter();

	private final Logger logger;

	private final List<LogRecord> records = new CopyOnWriteArrayList<>();

	CapturedLog(Class<?> type) {
		this.logger = Logger.getLogger(type.getName());
		this.logger.setUseParentHandlers(false);
		// whatever an application of another test has set
		this.logger.setLevel(Level.ALL);
		this.logger.addHandler(this);
	}

	List<String> lines() {
		return this.records.stream().map(this.formatter::formatMessage).toList();
	}

	List<String> lines(Level level) {
		return this.records.stream()
			.filter((line) -> line.getLevel().equals(level))
			.map(this.formatter::formatMessage)
			.toList();
	}

	@Override
	public void publish(LogRecord line) {
		this.records.add(line);
	}

	@Override
	public void flush() {
		// nothing is buffered
	}

	@Override
	public void close() {
		this.logger.removeHandler(this);
		this.logger.setLevel(null);
		this.logger.setUseParentHandlers(true);
	}

}
