/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lifetime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionService;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Tag("A7")
@Tag("B7")
class CurrentLifetimeTests {

	private final OwnedLifetime lifetime = new OwnedLifetime(Deadline.none());

	private final ExecutorService pool = Executors.newSingleThreadExecutor();

	@AfterEach
	void nothingIsLeftBehind() {
		this.pool.shutdownNow();
		CurrentLifetime.replace(UnboundedLifetime.INSTANCE);
	}

	@Test
	void isUnboundedOutsideARequest() {
		Lifetime current = Lifetime.current();
		assertThat(current.deadline().isBounded()).isFalse();
		assertThat(current.remaining()).isEqualTo(Deadline.FOREVER);
		assertThat(current.endReason()).isNull();
		current.onEnd((reason) -> {
		}).close();
	}

	@Test
	void isWhatItWasReplacedWith() {
		Lifetime before = CurrentLifetime.replace(this.lifetime);
		assertThat(Lifetime.current()).isSameAs(this.lifetime);
		assertThat(CurrentLifetime.replace(before)).isSameAs(this.lifetime);
		assertThat(Lifetime.current()).isSameAs(UnboundedLifetime.INSTANCE);
	}

	@Test
	void isNotInheritedByAThreadThatAPoolStarts() {
		CurrentLifetime.replace(this.lifetime);
		assertThat(seenBy(this.pool)).isSameAs(UnboundedLifetime.INSTANCE);
	}

	@Test
	void isCarriedOverByAPropagatingExecutor() {
		CurrentLifetime.replace(this.lifetime);
		assertThat(seenBy(Lifetime.propagating(this.pool))).isSameAs(this.lifetime);
	}

	@Test
	void isTakenWhenTheTaskIsHandedOverAndNotWhenItRuns() {
		Queue<Runnable> later = new ArrayDeque<>();
		AtomicReference<Lifetime> seen = new AtomicReference<>();
		CurrentLifetime.replace(this.lifetime);
		Lifetime.propagating(later::add).execute(() -> seen.set(Lifetime.current()));
		CurrentLifetime.replace(UnboundedLifetime.INSTANCE);
		later.remove().run();
		assertThat(seen).hasValue(this.lifetime);
	}

	@Test
	void leavesNothingOnAPooledThread() {
		CurrentLifetime.replace(this.lifetime);
		assertThat(seenBy(Lifetime.propagating(this.pool))).isSameAs(this.lifetime);
		assertThat(seenBy(this.pool)).isSameAs(UnboundedLifetime.INSTANCE);
	}

	@Test
	void isPutBackAfterATaskThatFails() {
		OwnedLifetime own = new OwnedLifetime(Deadline.none());
		Queue<Runnable> later = new ArrayDeque<>();
		CurrentLifetime.replace(this.lifetime);
		Lifetime.propagating(later::add).execute(() -> {
			throw new IllegalStateException("planted");
		});
		CurrentLifetime.replace(own);
		assertThatIllegalStateException().isThrownBy(() -> later.remove().run());
		assertThat(Lifetime.current()).isSameAs(own);
	}

	@Test
	void isPutBackWhereTheCallerRunsTheTask() {
		CurrentLifetime.replace(this.lifetime);
		Lifetime.propagating(Runnable::run).execute(() -> CurrentLifetime.replace(UnboundedLifetime.INSTANCE));
		assertThat(Lifetime.current()).isSameAs(this.lifetime);
	}

	@Test
	void aTaskWhoseLifetimeHasEndedRunsAndSeesTheEnd() {
		CurrentLifetime.replace(this.lifetime);
		this.lifetime.end(EndReason.CLIENT_GONE);
		assertThat(seenBy(Lifetime.propagating(this.pool)).endReason()).isEqualTo(EndReason.CLIENT_GONE);
	}

	@Test
	void aFutureWhoseLifetimeHasEndedBeforeItsTurnIsCancelled() {
		Queue<Runnable> later = new ArrayDeque<>();
		Executor carrying = Lifetime.propagating(later::add);
		FutureTask<String> late = new FutureTask<>(() -> "done");
		CompletionService<String> service = new ExecutorCompletionService<>(carrying);
		CurrentLifetime.replace(this.lifetime);
		carrying.execute(late);
		service.submit(() -> String.valueOf(Lifetime.current().endReason()));
		CompletableFuture<Lifetime> stage = CompletableFuture.supplyAsync(Lifetime::current, carrying);
		this.lifetime.end(EndReason.CLIENT_GONE);
		later.forEach(Runnable::run);
		assertThat(late).isCancelled();
		assertThat(service.poll()).succeedsWithin(Duration.ZERO).isEqualTo("CLIENT_GONE");
		assertThat(stage).isCompletedWithValue(this.lifetime);
	}

	@Test
	void aFutureWhoseLifetimeLastsRuns() {
		Queue<Runnable> later = new ArrayDeque<>();
		FutureTask<Lifetime> future = new FutureTask<>(Lifetime::current);
		CurrentLifetime.replace(this.lifetime);
		Lifetime.propagating(later::add).execute(future);
		CurrentLifetime.replace(UnboundedLifetime.INSTANCE);
		later.remove().run();
		assertThat(future).succeedsWithin(Duration.ZERO).isSameAs(this.lifetime);
	}

	private static Lifetime seenBy(Executor executor) {
		return CompletableFuture.supplyAsync(Lifetime::current, executor).orTimeout(10, TimeUnit.SECONDS).join();
	}

}
