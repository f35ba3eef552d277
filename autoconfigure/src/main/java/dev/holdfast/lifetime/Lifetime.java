/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lifetime;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * How long a piece of work may go on, and the news that it need not go on any longer. The
 * counterpart of Go's request context and of .NET's {@code RequestAborted} for blocking
 * code: ask {@link #current()} anywhere on the thread of a request.
 *
 * @since 0.1.0
 */
public sealed interface Lifetime permits OwnedLifetime, UnboundedLifetime {

	/**
	 * Lifetime of the work that the calling thread does.
	 * @return the lifetime, never null; one that never ends outside a request
	 */
	static Lifetime current() {
		return CurrentLifetime.get();
	}

	/**
	 * An executor whose tasks see the lifetime of the thread that handed them over. A
	 * {@link java.util.concurrent.FutureTask} whose lifetime has ended before its turn is
	 * cancelled; any other task, such as a stage of a
	 * {@link java.util.concurrent.CompletableFuture}, runs all the same and sees the end,
	 * so that nobody waits for ever for its outcome.
	 * @param executor executor that runs the tasks
	 * @return the executor with the lifetime carried over
	 */
	static Executor propagating(Executor executor) {
		return (task) -> executor.execute(CurrentLifetime.capture(task));
	}

	/**
	 * Moment at which the lifetime ends by itself.
	 * @return the deadline, {@link Deadline#none()} where there is none
	 */
	Deadline deadline();

	/**
	 * Time left until the deadline.
	 * @return what is left, zero once it has ended, about 292 years without a deadline
	 */
	Duration remaining();

	/**
	 * Why the lifetime has ended.
	 * @return the reason, or {@code null} while it lasts
	 */
	@Nullable EndReason endReason();

	/**
	 * Stops the caller if the lifetime has ended.
	 * @throws LifetimeEndedException with the reason, once it has ended
	 */
	default void throwIfEnded() {
		EndReason reason = endReason();
		if (reason != null) {
			throw new LifetimeEndedException(reason);
		}
	}

	/**
	 * Registers a listener that is told once, in the order of registration, when the
	 * lifetime ends: at once if it has ended. It runs on the thread that ends the
	 * lifetime and must not block; what it throws is logged and harms nobody.
	 * @param listener told why the lifetime ended
	 * @return handle that takes the listener back, to be closed when the work is done
	 */
	Registration onEnd(Consumer<? super EndReason> listener);

	/**
	 * A child that ends with this lifetime or after a limit, whichever comes first.
	 * @param limit longest time the child may last
	 * @return the child; it has ended already when this lifetime has
	 */
	Lifetime within(Duration limit);

	/**
	 * Says that this work may be ended although its request is not safe to repeat: what
	 * it has done so far harms nobody when it stops half-way (a query by POST, a
	 * calculation). Without it only safe requests are ended before their time. No effect
	 * outside a request.
	 */
	void cancellable();

	/**
	 * Handle of a registered listener.
	 */
	@FunctionalInterface
	interface Registration extends AutoCloseable {

		/** Takes the listener back; no effect once it has been told. */
		@Override
		void close();

	}

}
