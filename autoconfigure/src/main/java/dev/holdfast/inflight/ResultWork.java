/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.inflight;

/**
 * The work of one thread on the result of a request that has left its own, or is about
 * to.
 *
 * @since 0.1.0
 */
public final class ResultWork extends ThreadAtWork {

	ResultWork() {
	}

	/**
	 * Interrupts the thread: once, and only as long as it works on the result.
	 * @return whether there was a thread to interrupt
	 */
	public boolean interrupt() {
		return interruptWorker();
	}

	/**
	 * Says that the calling thread has worked it out: from now on it is not interrupted,
	 * and an interrupt that was meant for this work is forgotten.
	 */
	public void end() {
		workerLeaves();
	}

}
