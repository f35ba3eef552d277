/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.task.ThreadPoolTaskExecutorCustomizer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Tasks that come faster than they are done: each is refused or run.
 */
@Tag("F2")
@ExtendWith(OutputCaptureExtension.class)
class FullExecutorTests {

	private static final int TASKS = 30_000;

	private static final String VIRTUAL = "spring.threads.virtual.enabled=true";

	private final CountDownLatch gate = new CountDownLatch(1);

	private final AtomicInteger ran = new AtomicInteger();

	private final List<Future<?>> futures = new ArrayList<>();

	// applications of other tests may have set another
	@BeforeEach
	void logWarnings() {
		LoggingSystem.get(getClass().getClassLoader()).setLogLevel("dev.holdfast.executor", LogLevel.WARN);
	}

	@Test
	void eachTaskIsRefusedOrRun(CapturedOutput output) {
		TaskContexts.ours().run((context) -> {
			ThreadPoolTaskExecutor executor = executor(context);
			int refused = offer(executor);
			assertThat(executor.getPoolSize()).isEqualTo(8);
			assertThat(executor.getQueueSize()).isEqualTo(10_000);
			assertThat(refused).isEqualTo(TASKS - 8 - 10_000);
			assertThat(context.getBean(TaskCounts.class).refused()).isEqualTo(refused);
			finish(TASKS - refused);
		});
		assertThat(StringUtils.countOccurrencesOf(output.getOut(), "Refusing tasks")).isEqualTo(1);
		assertThat(output.getOut()).contains(ExecutorDefaults.QUEUE_KEY);
	}

	@Test
	void withoutTheLibraryAllOfThemWaitInMemory() {
		TaskContexts.vanilla().run((context) -> {
			ThreadPoolTaskExecutor executor = executor(context);
			assertThat(offer(executor)).isZero();
			assertThat(executor.getQueueSize()).isEqualTo(TASKS - 8);
			finish(TASKS);
		});
	}

	@Test
	void theRefusalSaysWhatToTurnAndCostsNoStackTrace() {
		TaskContexts.ours().withPropertyValues(tiny()).run((context) -> {
			AsyncTaskExecutor executor = executor(context);
			offer(executor, 2);
			assertThatExceptionOfType(TaskRejectedException.class).isThrownBy(() -> executor.execute(this::work))
				.withMessageContaining("1 threads are busy and 1 tasks wait")
				.withMessageContaining(ExecutorDefaults.QUEUE_KEY)
				.satisfies((ex) -> assertThat(ex.getStackTrace()).isEmpty());
			assertThatExceptionOfType(TaskRejectedException.class).isThrownBy(() -> executor.submit(this::work))
				.satisfies((ex) -> assertThat(ex.getStackTrace()).isEmpty());
			assertThatExceptionOfType(TaskRejectedException.class)
				.isThrownBy(() -> CompletableFuture.runAsync(this::work, executor));
			assertThat(context.getBean(TaskCounts.class).refused()).isEqualTo(3);
			finish(2);
		});
	}

	@Test
	void aRejectionHandlerOfTheApplicationStays() {
		RejectedExecutionHandler callerRuns = new ThreadPoolExecutor.CallerRunsPolicy();
		TaskContexts.ours()
			.withPropertyValues(tiny())
			.withBean(ThreadPoolTaskExecutorCustomizer.class,
					() -> (executor) -> executor.setRejectedExecutionHandler(callerRuns))
			.run((context) -> {
				AsyncTaskExecutor executor = executor(context);
				offer(executor, 2);
				Thread[] ranOn = new Thread[1];
				executor.execute(() -> ranOn[0] = Thread.currentThread());
				assertThat(ranOn[0]).isSameAs(Thread.currentThread());
				finish(2);
			});
	}

	@Test
	void aHandlerOfTheApplicationThatAbortsIsHeardAsBefore() {
		TaskContexts.ours()
			.withPropertyValues(tiny())
			.withBean(ThreadPoolTaskExecutorCustomizer.class,
					() -> (executor) -> executor.setRejectedExecutionHandler(new ThreadPoolExecutor.AbortPolicy()))
			.run((context) -> {
				AsyncTaskExecutor executor = executor(context);
				offer(executor, 2);
				assertThatExceptionOfType(TaskRejectedException.class).isThrownBy(() -> executor.execute(this::work))
					.withMessageContaining("did not accept task");
				finish(2);
			});
	}

	@Test
	void afterTheStopTasksAreNotCountedAsRefused() {
		TaskContexts.ours().run((context) -> {
			ThreadPoolTaskExecutor executor = executor(context);
			executor.shutdown();
			assertThatExceptionOfType(TaskRejectedException.class).isThrownBy(() -> executor.execute(this::work))
				.withMessageContaining("shut down");
			assertThat(context.getBean(TaskCounts.class).refused()).isZero();
		});
	}

	@Test
	void theStopCancelsWhatWaitsSoThatNobodyWaitsForIt() {
		TaskContexts.ours()
			.withPropertyValues("spring.task.execution.pool.core-size=1", "holdfast.executor.max-queue-age=1h")
			.run((context) -> {
				ThreadPoolTaskExecutor executor = executor(context);
				this.futures.add(executor.submit(this::work));
				Future<?> waiting = executor.submit(this::work);
				executor.shutdown();
				assertThat(waiting.isCancelled()).isTrue();
			});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void onVirtualThreadsWithALimitEachTaskIsRefusedBeforeItHasAThreadOrIsRun() {
		TaskContexts.ours()
			.withPropertyValues(VIRTUAL, ExecutorDefaults.LIMIT_KEY + "=200", ExecutorDefaults.REJECT_KEY + "=true")
			.run((context) -> {
				AsyncTaskExecutor executor = context.getBean(AsyncTaskExecutor.class);
				TaskCounts counts = context.getBean(TaskCounts.class);
				int refused = offer(executor);
				assertThat(refused).isEqualTo(TASKS - 200);
				assertThat(counts.refused()).isEqualTo(refused);
				assertThat(counts.running()).isEqualTo(200);
				assertThatExceptionOfType(TaskRejectedException.class).isThrownBy(() -> executor.execute(this::work))
					.withMessageContaining(ExecutorDefaults.LIMIT_KEY)
					.satisfies((ex) -> assertThat(ex.getStackTrace()).isEmpty());
				finish(200);
				await().untilAsserted(() -> assertThat(counts.running()).isZero());
			});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void onVirtualThreadsWithoutALimitAllRunAndAreSeen() {
		TaskContexts.ours().withPropertyValues(VIRTUAL).run((context) -> {
			TaskCounts counts = context.getBean(TaskCounts.class);
			assertThat(offer(context.getBean(AsyncTaskExecutor.class))).isZero();
			assertThat(counts.running()).isEqualTo(TASKS);
			finish(TASKS);
			await().untilAsserted(() -> assertThat(counts.running()).isZero());
		});
	}

	private static String[] tiny() {
		return new String[] { "spring.task.execution.pool.core-size=1", "spring.task.execution.pool.max-size=1",
				"spring.task.execution.pool.queue-capacity=1" };
	}

	private static ThreadPoolTaskExecutor executor(ApplicationContext context) {
		return context.getBean(ThreadPoolTaskExecutor.class);
	}

	private int offer(AsyncTaskExecutor executor) {
		return offer(executor, TASKS);
	}

	/**
	 * Offers tasks in each way that there is.
	 * @return how many were refused
	 */
	private int offer(AsyncTaskExecutor executor, int tasks) {
		int refused = 0;
		for (int index = 0; index < tasks; index++) {
			try {
				offerOne(executor, index);
			}
			catch (TaskRejectedException ex) {
				refused++;
			}
		}
		return refused;
	}

	private void offerOne(AsyncTaskExecutor executor, int index) {
		switch (index % 4) {
			case 0 -> executor.execute(this::work);
			case 1 -> this.futures.add(executor.submit(this::work));
			case 2 -> this.futures.add(executor.submit(() -> {
				work();
				return "done";
			}));
			default -> this.futures.add(CompletableFuture.runAsync(this::work, (Executor) executor));
		}
	}

	private void work() {
		try {
			this.gate.await();
			this.ran.incrementAndGet();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void finish(int expected) throws Exception {
		this.gate.countDown();
		for (Future<?> future : this.futures) {
			future.get(20, TimeUnit.SECONDS);
		}
		await().untilAsserted(() -> assertThat(this.ran).hasValue(expected));
	}

}
