/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("A4")
class ThreadGroupsTests {

	private static final int READINGS = 60;

	@Test
	void namesThatDifferInTheirNumbersAreAGroup() {
		Stream<String> names = Stream
			.of(numbered("http-nio-8080-exec-%d", 200), numbered("pool-%d-thread-1", 34),
					numbered("pool-7-thread-%d", 2), Stream.of("main"))
			.flatMap((group) -> group);
		assertThat(ThreadGroups.largest(names, 2)).isEqualTo("200 http-nio-8080-exec-#, 36 pool-#-thread-#");
	}

	@Test
	void aThreadOfItsOwnKeepsItsNumbers() {
		assertThat(ThreadGroups.largest(Stream.of("worker-7", "main"), 5)).isEqualTo("1 worker-7, 1 main");
	}

	@Test
	void namesWithOddCharactersAreNoTrouble() {
		Stream<String> names = Stream.of("", "#", "1", "x#", "x1", "x2", "4\n4", "\0", "1");
		assertThat(ThreadGroups.largest(names, 9)).isEqualTo("2 1, 2 x#, 1 , 1 #, 1 x#, 1 4?4, 1 ?");
	}

	@Test
	void aLongNameIsCut() {
		assertThat(ThreadGroups.largest(Stream.of("x".repeat(1_000)), 1)).isEqualTo("1 " + "x".repeat(80) + "...");
	}

	@Test
	void liveThreadsOfAllGroupsAreSeen() throws InterruptedException {
		CountDownLatch end = new CountDownLatch(1);
		ThreadGroup group = new ThreadGroup("nested");
		Thread[] threads = new Thread[300];
		for (int i = 0; i < threads.length; i++) {
			threads[i] = new Thread((i % 2 == 0) ? group : null, () -> await(end), "growing-9-" + i);
			threads[i].setDaemon(true);
			threads[i].start();
		}
		String largest = ThreadGroups.largest(1);
		end.countDown();
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(largest).isEqualTo("300 growing-9-#");
		assertThat(ThreadGroups.largest(1_000)).doesNotContain("growing-9-").contains("main");
	}

	/**
	 * Prints what a reading costs, in the report of the tests.
	 * @param count how many threads there are besides those of the tests
	 */
	@ParameterizedTest
	@ValueSource(ints = { 50, 500, 2_000 })
	void eachReadingSeesAllThreadsWhateverItCosts(int count) throws InterruptedException {
		CountDownLatch end = new CountDownLatch(1);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			Thread thread = new Thread(null, () -> await(end), "measured-" + i + "-of-9", 128 << 10);
			thread.setDaemon(true);
			thread.start();
			threads.add(thread);
		}
		try {
			long[] nanos = new long[READINGS];
			for (int reading = 0; reading < READINGS; reading++) {
				long begun = System.nanoTime();
				String largest = ThreadGroups.largest(3);
				nanos[reading] = System.nanoTime() - begun;
				assertThat(largest).contains(count + " measured-#-of-9");
			}
			// the first half has warmed up
			Arrays.sort(nanos, READINGS / 2, READINGS);
			System.out.printf(Locale.ROOT,
					"ThreadGroups, %d threads and those of the tests: median %.0f us, p90 %.0f us%n", count,
					nanos[READINGS * 3 / 4] / 1e3, nanos[READINGS * 19 / 20] / 1e3);
		}
		finally {
			end.countDown();
			for (Thread thread : threads) {
				thread.join();
			}
		}
	}

	private static Stream<String> numbered(String pattern, int count) {
		return IntStream.range(0, count).mapToObj((i) -> String.format(pattern, i));
	}

	private static void await(CountDownLatch end) {
		try {
			end.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
