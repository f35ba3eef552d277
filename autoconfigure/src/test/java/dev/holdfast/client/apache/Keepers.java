/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.awaitility.Awaitility;

import org.springframework.test.util.ReflectionTestUtils;

/**
 * The threads that look after the clients of an application, and what can happen to them.
 */
final class Keepers {

	private final Bounded app;

	Keepers(Bounded app) {
		this.app = app;
	}

	Evictor evictor() {
		return field("evictor", Evictor.class);
	}

	Thread evictorThread() {
		return thread(evictor());
	}

	Thread watchdogThread() {
		return thread(field("watchdog", Watchdog.class));
	}

	private <T> T field(String name, Class<T> type) {
		Object value = ReflectionTestUtils.getField(this.app.bean(ApacheClients.class), name);
		return type.cast(Objects.requireNonNull(value));
	}

	private static Thread thread(Object keeper) {
		return (Thread) Objects.requireNonNull(ReflectionTestUtils.getField(keeper, "thread"));
	}

	/**
	 * Has the evictor make its rounds now, until something holds that needs the garbage
	 * collector and a round.
	 * @param assertion what is to hold
	 */
	void collect(Runnable assertion) {
		Awaitility.await().dontCatchUncaughtExceptions().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
			WeakReference<Object> probe = new WeakReference<>(new Object());
			while (probe.get() != null) {
				System.gc();
			}
			LockSupport.unpark(evictorThread());
			assertion.run();
		});
	}

	/**
	 * Breaks the log of a class: what it says ends in an error.
	 * @param type the class
	 * @return ends that
	 */
	static BrokenLog breakLog(Class<?> type) {
		return new BrokenLog(Logger.getLogger(type.getName()));
	}

	/**
	 * A log whose disk is full, or worse.
	 */
	static final class BrokenLog extends Handler implements AutoCloseable {

		// strongly held: the JDK forgets loggers with their handlers
		private final Logger logger;

		BrokenLog(Logger logger) {
			this.logger = logger;
			logger.setLevel(Level.ALL);
			logger.addHandler(this);
		}

		@Override
		public void publish(LogRecord record) {
			throw new IllegalStateException("planted: the log is broken");
		}

		@Override
		public void flush() {
			// nothing is kept
		}

		@Override
		public void close() {
			this.logger.removeHandler(this);
			this.logger.setLevel(null);
		}

	}

}
