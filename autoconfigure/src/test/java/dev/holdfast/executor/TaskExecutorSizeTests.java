/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.boot.task.ThreadPoolTaskExecutorCustomizer;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sizes of Boot's task executor: bounded, and otherwise what they were.
 */
@Tag("F2")
class TaskExecutorSizeTests {

	@Test
	void byDefaultTheQueueIsBoundedAndTheThreadsAreAsManyAsBefore() {
		TaskContexts.vanilla().run((context) -> {
			assertThat(boots(context).getCorePoolSize()).isEqualTo(8);
			assertThat(boots(context).getQueueCapacity()).isEqualTo(Integer.MAX_VALUE);
		});
		TaskContexts.ours().run((context) -> assertSizes(boots(context), 8, 8, 10_000));
	}

	@Test
	void withACoreOfTheUserThereAreAsManyThreads() {
		TaskContexts.ours()
			.withPropertyValues("spring.task.execution.pool.core-size=20")
			.run((context) -> assertSizes(boots(context), 20, 20, 10_000));
	}

	@Test
	void aMaximumOfTheUserStays() {
		TaskContexts.ours()
			.withPropertyValues("spring.task.execution.pool.max-size=32")
			.run((context) -> assertSizes(boots(context), 8, 32, 10_000));
	}

	@Test
	void withAQueueOfTheUserThreadsGrowAsTheyDid() {
		TaskContexts.ours()
			.withPropertyValues("spring.task.execution.pool.queue-capacity=100")
			.run((context) -> assertSizes(boots(context), 8, Integer.MAX_VALUE, 100));
	}

	@Test
	void aQueueOfTheUserThatIsAsLongAsOursIsHisOwn() {
		TaskContexts.ours()
			.withPropertyValues("spring.task.execution.pool.queue-capacity=10000")
			.run((context) -> assertSizes(boots(context), 8, Integer.MAX_VALUE, 10_000));
	}

	@Test
	void aCustomizerOfTheUserWins() {
		TaskContexts.ours()
			.withBean(ThreadPoolTaskExecutorCustomizer.class, () -> (executor) -> executor.setCorePoolSize(50))
			.run((context) -> assertSizes(boots(context), 50, 50, 10_000));
	}

	@Test
	void anExecutorOfTheUserThatComesFromBootsBuilderStartsWithMoreThreadsThanBoots() {
		TaskContexts.ours().withUserConfiguration(Built.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertSizes(context.getBean("built", ThreadPoolTaskExecutor.class), 16, 16, 10_000);
			assertSizes(context.getBean("customized", ThreadPoolTaskExecutor.class), 50, 50, 10_000);
			assertSizes(context.getBean("own", ThreadPoolTaskExecutor.class), 4, 64, 0);
		});
	}

	@Test
	void bootsExecutorKeepsItsNameAndStandsBackAsItDid() {
		TaskContexts.ours()
			.run((context) -> assertThat(context.getBeanNamesForType(Executor.class, true, false))
				.containsExactly("applicationTaskExecutor"));
		TaskContexts.ours()
			.withBean("mine", ExecutorService.class, Executors::newSingleThreadExecutor)
			.run((context) -> assertThat(context.getBeanNamesForType(Executor.class, true, false))
				.containsExactly("mine"));
	}

	@Test
	void anExecutorOfTheUserWithBootsNameIsNotReplaced() {
		ThreadPoolTaskExecutor mine = new ThreadPoolTaskExecutor();
		TaskContexts.ours()
			.withBean("applicationTaskExecutor", ThreadPoolTaskExecutor.class, () -> mine)
			.run((context) -> assertThat(boots(context)).isSameAs(mine));
	}

	@Test
	void theExecutorEndsWithItsContext() {
		ThreadPoolTaskExecutor[] seen = new ThreadPoolTaskExecutor[1];
		TaskContexts.ours().run((context) -> {
			seen[0] = boots(context);
			assertThat(seen[0]).isInstanceOf(BoundedTaskExecutor.class);
			assertThat(seen[0].getThreadPoolExecutor().isShutdown()).isFalse();
		});
		assertThat(seen[0].getThreadPoolExecutor().isShutdown()).isTrue();
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void onVirtualThreadsBootsExecutorIsObservedAndKeepsItsLimit() {
		TaskContexts.ours().withPropertyValues("spring.threads.virtual.enabled=true").run((context) -> {
			SimpleAsyncTaskExecutor executor = context.getBean("applicationTaskExecutor",
					SimpleAsyncTaskExecutor.class);
			assertThat(executor).isInstanceOf(ObservedTaskExecutor.class);
			assertThat(executor.isThrottleActive()).isFalse();
			assertThat(executor.submit(() -> Thread.currentThread().toString()).get()).contains("VirtualThread");
		});
		TaskContexts.ours()
			.withPropertyValues("spring.threads.virtual.enabled=true", ExecutorDefaults.LIMIT_KEY + "=9")
			.run((context) -> assertThat(
					context.getBean("applicationTaskExecutor", SimpleAsyncTaskExecutor.class).getConcurrencyLimit())
				.isEqualTo(9));
	}

	private static ThreadPoolTaskExecutor boots(ApplicationContext context) {
		return context.getBean("applicationTaskExecutor", ThreadPoolTaskExecutor.class);
	}

	private static void assertSizes(ThreadPoolTaskExecutor executor, int core, int max, int queue) {
		assertThat(executor.getCorePoolSize()).isEqualTo(core);
		assertThat(executor.getMaxPoolSize()).isEqualTo(max);
		assertThat(executor.getQueueCapacity()).isEqualTo(queue);
	}

	@Configuration(proxyBeanMethods = false)
	static class Built {

		@Bean
		ThreadPoolTaskExecutor built(ThreadPoolTaskExecutorBuilder builder) {
			return builder.corePoolSize(16).build();
		}

		@Bean
		ThreadPoolTaskExecutor customized(ThreadPoolTaskExecutorBuilder builder) {
			return builder.additionalCustomizers((executor) -> executor.setCorePoolSize(50)).build();
		}

		@Bean
		ThreadPoolTaskExecutor own(ThreadPoolTaskExecutorBuilder builder) {
			return builder.corePoolSize(4).maxPoolSize(64).queueCapacity(0).build();
		}

	}

}
