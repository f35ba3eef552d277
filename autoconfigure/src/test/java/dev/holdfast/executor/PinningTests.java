/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.holdfast.lifetime.ManualTicker;
import dev.holdfast.server.ServerKind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Tag("F3")
@ExtendWith(OutputCaptureExtension.class)
class PinningTests {

	// applications of other tests may have set another
	@BeforeEach
	void logWarnings() {
		LoggingSystem.get(getClass().getClassLoader()).setLogLevel("dev.holdfast.executor", LogLevel.WARN);
	}

	@Test
	@EnabledForJreRange(max = JRE.JAVA_20)
	void withoutVirtualThreadsItSaysSoAndDoesNothing() {
		try (ConfigurableApplicationContext context = start()) {
			assertThat(context.getBean(ExecutorReport.class).findings()).anySatisfy((finding) -> {
				assertThat(finding.id()).isEqualTo("executor-pinning-unavailable");
				assertThat(finding.message()).contains("JDK");
			});
			assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.doesNotContain("holdfast-pinning");
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void aThreadThatKeepsItsCarrierIsCountedAndNamed(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start("spring.threads.virtual.enabled=true")) {
			PinnedThreads pinned = context.getBean(PinnedThreads.class);
			await().until(() -> pinned.unavailable() == null);
			// the recording is on a little later than its thread says
			await().pollInterval(Duration.ofMillis(500)).atMost(Duration.ofSeconds(30)).until(() -> {
				context.getBean(AsyncTaskExecutor.class).submit(() -> Pinning.once()).get();
				return pinned.count() > 0;
			});
			// counted first, then timed, then logged
			await().untilAsserted(() -> {
				assertThat(pinned.nanos()).isGreaterThanOrEqualTo(PinnedThreads.THRESHOLD.toNanos());
				assertThat(output).contains("kept its carrier");
			});
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void withPlatformThreadsItSaysSoAndDoesNothing() {
		try (ConfigurableApplicationContext context = start("spring.threads.virtual.enabled=false")) {
			assertThat(context.getBean(PinnedThreads.class).unavailable()).contains("spring.threads.virtual.enabled");
		}
	}

	@Test
	void saysItOnceAMinute(CapturedOutput output) {
		ManualTicker ticker = new ManualTicker(-5);
		PinnedThreads pinned = new PinnedThreads(ticker);
		pinned.pinned(Duration.ofMillis(30), "here");
		pinned.pinned(Duration.ofMillis(40), "there");
		ticker.advance(Duration.ofMinutes(1));
		pinned.pinned(Duration.ofMillis(50), "everywhere");
		assertThat(StringUtils.countOccurrencesOf(output.getOut(), "kept its carrier")).isEqualTo(2);
		assertThat(output).contains("30 ms here").contains("50 ms everywhere; 3 did").doesNotContain("40 ms there");
		assertThat(pinned.count()).isEqualTo(3);
		assertThat(pinned.nanos()).isEqualTo(Duration.ofMillis(120).toNanos());
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.add("holdfast.executor.pinning=true");
		all.add("server.port=0");
		all.add("server.shutdown=immediate");
		all.add("spring.main.banner-mode=off");
		all.add("logging.level.root=WARN");
		all.add("spring.autoconfigure.exclude=" + String.join(",", ServerKind.TOMCAT.exclusions(false)));
		return new SpringApplicationBuilder(TaskApplication.class)
			.run(all.stream().map((argument) -> "--" + argument).toArray(String[]::new));
	}

	/**
	 * Waits with a native frame on its stack: a class that is initialized is called by
	 * the machine itself.
	 */
	static final class Pinning {

		private Pinning() {
		}

		static boolean once() throws Exception {
			Class<?> fresh = new FreshLoader().loadClass(Initializing.class.getName());
			Class.forName(fresh.getName(), true, fresh.getClassLoader());
			return true;
		}

	}

	/**
	 * Waits while it is initialized.
	 */
	static final class Initializing {

		static {
			try {
				new CountDownLatch(1).await(60, TimeUnit.MILLISECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		private Initializing() {
		}

	}

	/**
	 * Loads that one class anew each time.
	 */
	static final class FreshLoader extends ClassLoader {

		FreshLoader() {
			super(PinningTests.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			if (!name.equals(Initializing.class.getName())) {
				return super.loadClass(name, resolve);
			}
			try (InputStream stream = PinningTests.class.getClassLoader()
				.getResourceAsStream(name.replace('.', '/') + ".class")) {
				if (stream == null) {
					throw new ClassNotFoundException(name);
				}
				byte[] bytes = stream.readAllBytes();
				return defineClass(name, bytes, 0, bytes.length);
			}
			catch (IOException ex) {
				throw new ClassNotFoundException(name, ex);
			}
		}

	}

}
