/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.inflight;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * A thread that can be interrupted as long as it works here.
 * <p>
 * Who interrupts says so first and looks for the thread then; a thread that leaves takes
 * its name away first and looks for an interrupt then. One of the two sees the other, so
 * no interrupt hits what the thread does next.
 */
abstract class ThreadAtWork {

	private static final AtomicIntegerFieldUpdater<ThreadAtWork> INTERRUPT = AtomicIntegerFieldUpdater
		.newUpdater(ThreadAtWork.class, "interrupt");

	private static final int NONE = 0;

	private static final int ON_ITS_WAY = 1;

	private static final int DELIVERED = 2;

	private volatile int interrupt = NONE;

	private volatile @Nullable Thread worker = Thread.currentThread();

	final @Nullable Thread worker() {
		return this.worker;
	}

	final void workedOnBy(@Nullable Thread thread) {
		this.worker = thread;
	}

	/**
	 * Interrupts the thread: once, and only as long as it works here.
	 * @return whether there was a thread to interrupt
	 */
	final boolean interruptWorker() {
		if (!INTERRUPT.compareAndSet(this, NONE, ON_ITS_WAY)) {
			return false;
		}
		Thread present = this.worker;
		if (present != null) {
			present.interrupt();
		}
		this.interrupt = (present != null) ? DELIVERED : NONE;
		return present != null;
	}

	/**
	 * Says that the calling thread leaves: an interrupt that was meant for this work is
	 * forgotten.
	 */
	final void workerLeaves() {
		this.worker = null;
		while (this.interrupt == ON_ITS_WAY) {
			LockSupport.parkNanos(this, 1_000);
		}
		if (this.interrupt == DELIVERED) {
			Thread.interrupted();
		}
	}

}
