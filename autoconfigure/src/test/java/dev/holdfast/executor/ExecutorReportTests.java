/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.holdfast.report.Finding;
import dev.holdfast.report.Mode;
import dev.holdfast.report.Setting;
import dev.holdfast.report.Severity;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

@Tag("F2")
class ExecutorReportTests {

	private final WebApplicationContextRunner runner = TaskContexts.ours();

	@Test
	void onDefaultsThereIsNothingToSay() {
		this.runner.run((context) -> {
			context.getBean("applicationTaskExecutor");
			assertThat(report(context).name()).isEqualTo("executor");
			assertThat(report(context).mode()).isEqualTo(Mode.ENFORCE);
			assertThat(report(context).findings()).isEmpty();
			assertThat(report(context).settings()).extracting(Setting::key, Setting::value, Setting::source)
				.contains(tuple(ExecutorDefaults.QUEUE_KEY, "10000", "holdfastDefaults"));
		});
	}

	@Test
	void executorsOfTheApplicationThatHaveNoBoundAreNamedAndLazyOnesNotMade() {
		this.runner.withUserConfiguration(Unbounded.class)
			.run((context) -> assertThat(report(context).findings()).extracting(Finding::id, Finding::severity)
				.containsOnly(tuple("executor-unbounded", Severity.WARNING))
				.hasSize(5));
	}

	@Test
	void executorsOfTheApplicationThatHaveABoundAreNot() {
		this.runner.withUserConfiguration(Bounded.class)
			.run((context) -> assertThat(report(context).findings()).isEmpty());
	}

	@Test
	void aBoundThatTheUserTookAwayIsReported() {
		this.runner.withPropertyValues(ExecutorDefaults.QUEUE_KEY + "=2147483647").run((context) -> {
			context.getBean("applicationTaskExecutor");
			assertThat(report(context).findings()).singleElement()
				.satisfies((finding) -> assertThat(finding.remedy()).contains(ExecutorDefaults.QUEUE_KEY));
			assertThat(report(context).settings()).extracting(Setting::key, Setting::source)
				.contains(tuple(ExecutorDefaults.QUEUE_KEY, "properties"));
		});
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void virtualThreadsWithoutABoundAreReportedAndAFullOneThatWaitsToo() {
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true").run((context) -> {
			context.getBean("applicationTaskExecutor");
			assertThat(report(context).mode()).isEqualTo(Mode.OBSERVE);
			assertThat(report(context).findings()).extracting(Finding::id)
				.containsExactly("executor-virtual-unbounded");
		});
		this.runner.withPropertyValues("spring.threads.virtual.enabled=true", ExecutorDefaults.LIMIT_KEY + "=100")
			.run((context) -> {
				context.getBean("applicationTaskExecutor");
				assertThat(report(context).mode()).isEqualTo(Mode.ENFORCE);
				assertThat(report(context).findings()).extracting(Finding::id)
					.containsExactly("executor-waits-at-limit");
			});
	}

	@Test
	void anAgeThatCannotBeMeantStopsTheStart() {
		for (String age : List.of("0s", "-1s", "2d")) {
			this.runner.withPropertyValues("holdfast.executor.max-queue-age=" + age)
				.run((context) -> assertThat(context).getFailure()
					.hasStackTraceContaining(ExecutorValidation.MAX_QUEUE_AGE_KEY)
					.hasStackTraceContaining("between 1ms and 1d"));
		}
	}

	@Test
	void metersShowZerosFromTheStart() {
		this.runner.withPropertyValues("holdfast.executor.pinning=true").run((context) -> {
			SimpleMeterRegistry registry = new SimpleMeterRegistry();
			context.getBean(ExecutorMetrics.class).bindTo(registry);
			assertThat(registry.getMeters()).extracting((meter) -> meter.getId().getName())
				.containsOnly("holdfast.executor.rejected", "holdfast.executor.late", "holdfast.executor.pinned");
			TaskCounts counts = context.getBean(TaskCounts.class);
			counts.refuse();
			counts.late(LateReason.AGE);
			counts.late(LateReason.AGE);
			assertThat(registry.get("holdfast.executor.rejected").functionCounter().count()).isOne();
			assertThat(registry.get("holdfast.executor.late").tag("reason", "age").functionCounter().count())
				.isEqualTo(2);
			assertThat(registry.get("holdfast.executor.late").tag("reason", "ended").functionCounter().count())
				.isZero();
		});
	}

	private static ExecutorReport report(ApplicationContext context) {
		return context.getBean(ExecutorReport.class);
	}

	@Configuration(proxyBeanMethods = false)
	static class Unbounded {

		@Bean
		ThreadPoolTaskExecutor springs() {
			return new ThreadPoolTaskExecutor();
		}

		@Bean
		SimpleAsyncTaskExecutor perTask() {
			return new SimpleAsyncTaskExecutor();
		}

		@Bean(destroyMethod = "shutdown")
		ExecutorService fixed() {
			return Executors.newFixedThreadPool(2);
		}

		@Bean(destroyMethod = "shutdown")
		ExecutorService cached() {
			return Executors.newCachedThreadPool();
		}

		@Bean
		ConcurrentTaskExecutor adapted() {
			return new ConcurrentTaskExecutor(fixed());
		}

		@Bean(destroyMethod = "shutdown")
		@Lazy
		ExecutorService lazy() {
			throw new IllegalStateException("A report makes no beans");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Bounded {

		@Bean
		ThreadPoolTaskExecutor springs() {
			ThreadPoolTaskExecutor executor = new ThreadPoolTaskExecutor();
			executor.setMaxPoolSize(4);
			executor.setQueueCapacity(100);
			return executor;
		}

		@Bean
		SimpleAsyncTaskExecutor perTask() {
			SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor();
			executor.setConcurrencyLimit(10);
			return executor;
		}

		@Bean(destroyMethod = "shutdown")
		ExecutorService fixed() {
			return new ThreadPoolExecutor(1, 2, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(10));
		}

		@Bean(destroyMethod = "shutdown")
		ScheduledExecutorService scheduled() {
			return Executors.newScheduledThreadPool(1);
		}

	}

}
