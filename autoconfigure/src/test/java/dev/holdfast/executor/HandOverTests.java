/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionService;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.FutureTask;

import dev.holdfast.lifetime.CurrentLifetime;
import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.EndReason;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.ManualTicker;
import dev.holdfast.lifetime.OwnedLifetime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What happens to a task on its way, without any thread: the other one is played by
 * {@link #turn()}.
 */
@Tag("A7")
@Tag("F2")
class HandOverTests {

	private static final Duration MAX_AGE = Duration.ofSeconds(1);

	private final ManualTicker ticker = new ManualTicker(Long.MAX_VALUE - 10);

	private final TaskCounts counts = new TaskCounts();

	private final List<Runnable> queue = new ArrayList<>();

	private final OwnedLifetime lifetime = new OwnedLifetime(Deadline.none());

	private final List<Lifetime> seen = new ArrayList<>();

	@AfterEach
	void nothingStaysOnThisThread() {
		assertThat(Lifetime.current()).isNotInstanceOf(OwnedLifetime.class);
	}

	@Test
	void carriesTheLifetimeOnlyWhereItIsAskedTo() {
		handOver(rules(Duration.ZERO, true), this::see);
		handOver(rules(MAX_AGE, false), this::see);
		handOver(rules(Duration.ZERO, false), this::see);
		turn();
		assertThat(this.seen.get(0)).isSameAs(this.lifetime);
		assertThat(this.seen.subList(1, 3)).doesNotContain(this.lifetime);
	}

	@Test
	void aTaskWithoutALifetimeRunsWithoutOneWhateverItsThreadHas() {
		HandOver rules = rules(Duration.ZERO, true);
		this.queue.add(rules.take(this::see, this::see));
		turnWithin(this.lifetime);
		assertThat(this.seen).singleElement().isNotSameAs(this.lifetime);
	}

	@Test
	void theThreadGetsItsOwnLifetimeBackWhenTheTaskFails() {
		handOver(rules(Duration.ZERO, true), () -> {
			throw new IllegalStateException("expected");
		});
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this::turn);
	}

	@Test
	void untouchedTasksAreNotWrapped() {
		Runnable task = this::see;
		assertThat(rules(Duration.ZERO, false).take(task, task)).isSameAs(task);
	}

	@Test
	void aFutureOfAnEndedRequestIsCancelled() {
		FutureTask<String> future = new FutureTask<>(() -> "done");
		handOver(rules(Duration.ZERO, true), future);
		this.lifetime.end(EndReason.CLIENT_GONE);
		turn();
		assertThat(future.isCancelled()).isTrue();
		assertThat(this.counts.lateBy(LateReason.ENDED)).isOne();
	}

	@Test
	void aStageOfAnEndedRequestRunsInsideTheEndedLifetimeAndCompletes() {
		CompletableFuture<String> stage = supply(rules(Duration.ZERO, true));
		this.lifetime.end(EndReason.CLIENT_GONE);
		turn();
		assertThat(stage).isCompletedWithValue("CLIENT_GONE");
		assertThat(this.counts.lateBy(LateReason.ENDED)).isOne();
	}

	@Test
	void anyOtherTaskOfAnEndedRequestRunsInsideTheEndedLifetime() {
		handOver(rules(Duration.ZERO, true), this::see);
		this.lifetime.end(EndReason.DEADLINE);
		turn();
		assertThat(this.seen).containsExactly(this.lifetime);
	}

	@Test
	void whatIsLeftOfACompletedRequestRunsInALifetimeThatLasts() {
		OwnedLifetime bounded = new OwnedLifetime(Deadline.after(MAX_AGE, this.ticker));
		Lifetime before = CurrentLifetime.replace(bounded);
		try {
			this.queue.add(rules(Duration.ZERO, true).take(this::see, this::see));
			Lifetime.propagating(this.queue::add).execute(this::see);
		}
		finally {
			CurrentLifetime.replace(before);
		}
		bounded.complete();
		this.ticker.advance(Duration.ofDays(1));
		turn();
		assertThat(this.seen).hasSize(2).allSatisfy((found) -> {
			assertThat(found.endReason()).isNull();
			assertThat(found.remaining()).isGreaterThan(Duration.ofDays(365));
			assertThat(found.within(Duration.ofHours(1)).endReason()).isNull();
		});
	}

	@Test
	void aFutureThatIsTooOldIsCancelled() {
		FutureTask<String> future = new FutureTask<>(() -> "done");
		handOver(rules(MAX_AGE, false), future);
		wait(MAX_AGE.plusNanos(1));
		turn();
		assertThat(future.isCancelled()).isTrue();
		assertThat(this.counts.lateBy(LateReason.AGE)).isOne();
	}

	@Test
	void aTaskThatIsJustOldEnoughRuns() {
		FutureTask<String> future = new FutureTask<>(() -> "done");
		handOver(rules(MAX_AGE, false), future);
		wait(MAX_AGE);
		turn();
		assertThat(future.isCancelled()).isFalse();
		assertThat(future.isDone()).isTrue();
		assertThat(this.counts.lateBy(LateReason.AGE)).isZero();
	}

	@Test
	void aStageThatIsTooOldRunsInsideAnEndedLifetimeAndCompletes() {
		CompletableFuture<String> stage = supply(rules(MAX_AGE, false));
		wait(MAX_AGE.plusNanos(1));
		turn();
		assertThat(stage).isCompletedWithValue("DEADLINE");
		assertThat(this.counts.lateBy(LateReason.AGE)).isOne();
	}

	@Test
	void whatACompletionServiceHandsOverCompletesHoweverLate() {
		OwnedLifetime ended = this.lifetime;
		CompletionService<String> ofEnded = new ExecutorCompletionService<>(executor(rules(Duration.ZERO, true)));
		CompletionService<String> ofOld = new ExecutorCompletionService<>(executor(rules(MAX_AGE, false)));
		Lifetime before = CurrentLifetime.replace(ended);
		try {
			ofEnded.submit(() -> String.valueOf(Lifetime.current().endReason()));
			ofOld.submit(() -> String.valueOf(Lifetime.current().endReason()));
		}
		finally {
			CurrentLifetime.replace(before);
		}
		ended.end(EndReason.CLIENT_GONE);
		wait(MAX_AGE.plusNanos(1));
		turn();
		assertThat(ofEnded.poll()).succeedsWithin(Duration.ZERO).isEqualTo("CLIENT_GONE");
		assertThat(ofOld.poll()).succeedsWithin(Duration.ZERO).isEqualTo("DEADLINE");
	}

	@Test
	void dependentStagesThatAreTooOldCompleteAsWell() {
		HandOver rules = rules(MAX_AGE, false);
		CompletableFuture<String> source = new CompletableFuture<>();
		CompletableFuture<Integer> dependent = source.thenApplyAsync(String::length, executor(rules));
		source.complete("four");
		wait(MAX_AGE.plusNanos(1));
		turn();
		assertThat(dependent).isCompletedWithValue(4);
	}

	@Test
	void anyOtherTaskThatIsTooOldIsSkippedAndCounted() {
		handOver(rules(MAX_AGE, false), this::see);
		wait(MAX_AGE.plusNanos(1));
		turn();
		assertThat(this.seen).isEmpty();
		assertThat(this.counts.lateBy(LateReason.AGE)).isOne();
	}

	@Test
	void aDecorationOfTheApplicationRunsInsideTheLifetime() {
		List<String> order = new ArrayList<>();
		Runnable task = () -> order.add("task");
		Lifetime before = CurrentLifetime.replace(this.lifetime);
		try {
			this.queue.add(rules(Duration.ZERO, true).take(task, () -> {
				order.add((Lifetime.current() == this.lifetime) ? "decoration within" : "decoration outside");
				task.run();
			}));
		}
		finally {
			CurrentLifetime.replace(before);
		}
		turn();
		assertThat(order).containsExactly("decoration within", "task");
	}

	private HandOver rules(Duration maxAge, boolean carrying) {
		return new HandOver(maxAge, carrying, this.ticker, this.counts);
	}

	private Executor executor(HandOver rules) {
		return (task) -> this.queue.add(rules.take(task, task));
	}

	private void handOver(HandOver rules, Runnable task) {
		Lifetime before = CurrentLifetime.replace(this.lifetime);
		try {
			this.queue.add(rules.take(task, task));
		}
		finally {
			CurrentLifetime.replace(before);
		}
	}

	private CompletableFuture<String> supply(HandOver rules) {
		Lifetime before = CurrentLifetime.replace(this.lifetime);
		try {
			return CompletableFuture.supplyAsync(() -> String.valueOf(Lifetime.current().endReason()), executor(rules));
		}
		finally {
			CurrentLifetime.replace(before);
		}
	}

	private void see() {
		this.seen.add(Lifetime.current());
	}

	private void wait(Duration time) {
		this.ticker.advance(time);
	}

	private void turn() {
		List.copyOf(this.queue).forEach(Runnable::run);
	}

	private void turnWithin(Lifetime lifetime) {
		Lifetime before = CurrentLifetime.replace(lifetime);
		try {
			turn();
			assertThat(Lifetime.current()).isSameAs(lifetime);
		}
		finally {
			CurrentLifetime.replace(before);
		}
	}

}
