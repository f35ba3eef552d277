/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lifetime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;

/**
 * What becomes of a task whose turn comes too late, so that nobody waits for ever for its
 * outcome.
 *
 * @since 0.1.0
 */
public final class LateTask {

	private LateTask() {
	}

	/**
	 * Whether somebody may wait for an outcome that only its run brings about. A stage of
	 * a {@link CompletableFuture}, and what an {@link ExecutorCompletionService} hands
	 * over, call themselves futures, too, but not the one that is waited for.
	 * @param task the task as its caller knows it
	 * @return whether it has to run
	 */
	public static boolean mustRun(Runnable task) {
		return task instanceof CompletableFuture.AsynchronousCompletionTask
				|| task.getClass().getEnclosingClass() == ExecutorCompletionService.class;
	}

	/**
	 * Cancels a task if it is the future that somebody waits for.
	 * @param task the task as its caller knows it
	 * @return {@code false} if it can only run or be left out
	 */
	public static boolean cancel(Runnable task) {
		if (mustRun(task) || !(task instanceof Future<?> future)) {
			return false;
		}
		future.cancel(false);
		return true;
	}

}
