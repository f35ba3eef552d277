/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.concurrency;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs tasks one at a time, in the order they came, and lets nobody wait for that: who
 * comes while a task runs leaves his own to the thread that is at it (flat combining:
 * Hendler, Incze, Shavit and Tzafrir, SPAA 2010).
 * <p>
 * A lock in its place forms a convoy where there are more threads than processors. Its
 * owner wakes a thread, is preempted by it, and everybody else queues for the lock: from
 * then on each operation costs a change of threads. Threads are therefore woken last,
 * when the next one may already run tasks of its own.
 */
final class Combiner {

	/** A thread that finds ever more tasks to run wakes others in between. */
	private static final int WOKEN_AT_ONCE = 16;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	/** Tasks that were left and have not ended; whoever adds the first runs them all. */
	private final AtomicInteger open = new AtomicInteger();

	/** Touched by tasks, and by the thread that runs them. */
	private final List<Thread> sleepers = new ArrayList<>();

	/**
	 * Has a task run: now, or by another thread that is running tasks. What was written
	 * before is seen by the task.
	 * @param task what has no other task beside it
	 */
	void run(Runnable task) {
		this.tasks.add(task);
		if (this.open.getAndIncrement() == 0) {
			runAll();
		}
	}

	/**
	 * Wakes a thread soon. For tasks only.
	 * @param thread who has something to look at
	 */
	void wake(Thread thread) {
		if (thread != Thread.currentThread()) {
			this.sleepers.add(thread);
		}
	}

	// a task that fails takes no others with it
	private void runAll() {
		List<Thread> woken = new ArrayList<>();
		Throwable failure = null;
		do {
			try {
				this.tasks.remove().run();
			}
			catch (RuntimeException | Error ex) {
				failure = ex;
			}
			woken.addAll(this.sleepers);
			this.sleepers.clear();
			if (woken.size() >= WOKEN_AT_ONCE) {
				wakeAll(woken);
			}
		}
		while (this.open.decrementAndGet() > 0);
		wakeAll(woken);
		if (failure instanceof Error error) {
			throw error;
		}
		if (failure != null) {
			throw (RuntimeException) failure;
		}
	}

	private static void wakeAll(List<Thread> woken) {
		woken.forEach(LockSupport::unpark);
		woken.clear();
	}

}
