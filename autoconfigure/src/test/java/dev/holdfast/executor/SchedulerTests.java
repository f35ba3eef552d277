/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import dev.holdfast.lifetime.CurrentLifetime;
import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.OwnedLifetime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a request plans for later is no work of the request, whatever carries lifetimes.
 */
@Tag("A7")
class SchedulerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final OwnedLifetime request = new OwnedLifetime(Deadline.none());

	private final WebApplicationContextRunner runner = TaskContexts.ours()
		.withPropertyValues("holdfast.executor.propagate-lifetime=true");

	@BeforeEach
	void requestBegins() {
		CurrentLifetime.replace(this.request);
	}

	@AfterEach
	void requestEnds() {
		CurrentLifetime.clear();
	}

	@Test
	void bootsSchedulerCarriesNoLifetimeWhereItsExecutorDoes() {
		this.runner.withUserConfiguration(Planned.class).run((context) -> {
			CompletableFuture<Lifetime> now = new CompletableFuture<>();
			context.getBean("applicationTaskExecutor", AsyncTaskExecutor.class)
				.execute(() -> now.complete(Lifetime.current()));
			assertThat(now).succeedsWithin(PATIENCE).isSameAs(this.request);
			assertThatNothingIsCarriedBy(context.getBean("taskScheduler", TaskScheduler.class));
			assertThat(context.getBean(Planned.class).seen).succeedsWithin(PATIENCE)
				.isNotInstanceOf(OwnedLifetime.class);
		});
	}

	@Test
	void schedulersOfTheApplicationCarryNoLifetime() {
		this.runner.withBean("pool", ThreadPoolTaskScheduler.class, ThreadPoolTaskScheduler::new)
			.withBean("simple", SimpleAsyncTaskScheduler.class, SimpleAsyncTaskScheduler::new)
			.run((context) -> {
				assertThatNothingIsCarriedBy(context.getBean("pool", TaskScheduler.class));
				assertThatNothingIsCarriedBy(context.getBean("simple", TaskScheduler.class));
			});
	}

	private void assertThatNothingIsCarriedBy(TaskScheduler scheduler) {
		assertThat(Lifetime.current()).isSameAs(this.request);
		CompletableFuture<Lifetime> once = new CompletableFuture<>();
		CompletableFuture<Lifetime> again = new CompletableFuture<>();
		Future<?> single = scheduler.schedule(() -> once.complete(Lifetime.current()), Instant.now());
		Future<?> repeated = scheduler.scheduleWithFixedDelay(() -> again.complete(Lifetime.current()),
				Duration.ofMillis(10));
		assertThat(once).succeedsWithin(PATIENCE).isNotInstanceOf(OwnedLifetime.class);
		assertThat(again).succeedsWithin(PATIENCE).isNotInstanceOf(OwnedLifetime.class);
		single.cancel(false);
		repeated.cancel(false);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	static class Planned {

		private final CompletableFuture<Lifetime> seen = new CompletableFuture<>();

		@Scheduled(fixedDelay = 10)
		void plan() {
			this.seen.complete(Lifetime.current());
		}

	}

}
