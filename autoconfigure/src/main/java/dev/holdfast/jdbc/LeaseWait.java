/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A thread's wait for a connection, which HikariCP ends early by an interrupt only. The
 * interrupt happens while the thread is in there or not at all, and none stays behind:
 * one that was there before is there afterwards.
 */
final class LeaseWait {

	private static final int WAITING = 0;

	private static final int OVER = 1;

	private static final int INTERRUPTING = 2;

	private static final int INTERRUPTED = 3;

	private final AtomicInteger state = new AtomicInteger(WAITING);

	private final Thread thread = Thread.currentThread();

	private final boolean interruptedBefore = this.thread.isInterrupted();

	boolean isOver() {
		return this.state.get() != WAITING;
	}

	/**
	 * Ends the wait, on any thread.
	 */
	void interrupt() {
		// the thread cannot leave between the two: it waits for the second
		if (this.state.compareAndSet(WAITING, INTERRUPTING)) {
			this.thread.interrupt();
			this.state.set(INTERRUPTED);
		}
	}

	/**
	 * Says that the wait is over, once, on its own thread.
	 * @return whether it was interrupted from here
	 */
	boolean leave() {
		if (this.state.compareAndSet(WAITING, OVER)) {
			return false;
		}
		while (this.state.get() != INTERRUPTED) {
			Thread.onSpinWait();
		}
		if (!this.interruptedBefore) {
			Thread.interrupted();
		}
		return true;
	}

}
