/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.sockets;

import java.util.function.IntSupplier;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.slf4j.LoggerFactory;

/**
 * Waits for the line in the log of this JVM that tells that ports run out.
 */
final class PortWarning extends AppenderBase<ILoggingEvent> {

	private static final String LINE = "ephemeral ports are in use towards one peer";

	private final IntSupplier calls;

	private volatile Told first = new Told(-1, 0);

	private PortWarning(IntSupplier calls) {
		this.calls = calls;
	}

	/**
	 * Listens from now on.
	 * @param calls how many calls were made
	 * @return what hears of it
	 */
	static PortWarning listen(IntSupplier calls) {
		PortWarning warning = new PortWarning(calls);
		Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
		LoggerContext context = root.getLoggerContext();
		warning.setContext(context);
		warning.start();
		root.addAppender(warning);
		return warning;
	}

	@Override
	protected void append(ILoggingEvent event) {
		if (!this.first.isTold() && event.getLevel().isGreaterOrEqual(Level.WARN)
				&& event.getFormattedMessage().contains(LINE)) {
			this.first = new Told(this.calls.getAsInt(), System.nanoTime());
		}
	}

	Told first() {
		return this.first;
	}

	/**
	 * When it was told.
	 *
	 * @param atCalls after how many calls, -1 if it was not
	 * @param atNanos at which time
	 */
	record Told(int atCalls, long atNanos) {

		boolean isTold() {
			return this.atCalls >= 0;
		}

	}

}
