/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoadGeneratorTests {

	@Test
	void offersWhatTheScheduleSays() throws IOException {
		try (TestServer server = new TestServer(4).on("/", (exchange) -> TestServer.fixed(exchange, 200))) {
			LoadResult result = LoadGenerator.run(plan(server, Phase.constant("slow", 100, Duration.ofSeconds(1)),
					Phase.constant("fast", 400, Duration.ofSeconds(1))));
			assertThat(result.phase(0).offered()).isEqualTo(100);
			assertThat(result.phase(1).offered()).isEqualTo(400);
			assertThat(result.total().good()).isEqualTo(500);
			assertThat(result.seconds()).extracting(Tally::good).containsExactly(100L, 400L);
			assertThat(server.requests).hasValue(500);
		}
	}

	@Test
	void reusesConnections() throws IOException {
		try (TestServer server = new TestServer(1).on("/", (exchange) -> TestServer.fixed(exchange, 200))) {
			LoadResult result = LoadGenerator.run(plan(server, Phase.constant("calm", 50, Duration.ofSeconds(1))));
			assertThat(result.total().good()).isEqualTo(50);
			assertThat(result.connections().opened()).isLessThan(25);
		}
	}

	@Test
	void readsChunkedBodies() throws IOException {
		try (TestServer server = new TestServer(2).on("/", TestServer::chunked)) {
			LoadResult result = LoadGenerator.run(plan(server, Phase.constant("calm", 50, Duration.ofSeconds(1))));
			assertThat(result.total().good()).isEqualTo(50);
			assertThat(result.connections().opened()).isLessThan(25);
		}
	}

	@Test
	void opensAnewWhenTheServerClosesEveryConnection() throws IOException {
		try (TestServer server = new TestServer(2).on("/", (exchange) -> {
			exchange.getResponseHeaders().set("Connection", "close");
			TestServer.fixed(exchange, 200);
		})) {
			LoadResult result = LoadGenerator.run(plan(server, Phase.constant("calm", 50, Duration.ofSeconds(1))));
			assertThat(result.total().good()).isEqualTo(50);
			assertThat(result.connections().opened()).isEqualTo(50);
		}
	}

	@Test
	void sendsAgainOverANewConnectionWhereAllThatWereIdleAreClosed() throws IOException {
		CountDownLatch all = new CountDownLatch(20);
		Set<InetSocketAddress> answered = ConcurrentHashMap.newKeySet();
		try (TestServer server = new TestServer(20).on("/", (exchange) -> {
			all.countDown();
			await(all);
			if (answered.add(exchange.getRemoteAddress())) {
				TestServer.fixed(exchange, 200);
			}
		})) {
			LoadResult result = LoadGenerator.run(plan(server, Phase.burst("burst", 20, Duration.ofSeconds(1)),
					Phase.constant("calm", 20, Duration.ofSeconds(1))));
			assertThat(result.total().good()).isEqualTo(40);
			assertThat(server.requests).hasValue(60);
		}
	}

	@Test
	void countsRefusalsByReason() throws IOException {
		AtomicInteger turn = new AtomicInteger();
		try (TestServer server = new TestServer(1).on("/", (exchange) -> {
			if (turn.getAndIncrement() % 2 == 0) {
				exchange.getResponseHeaders().set("X-Shed-Reason", "limit");
				TestServer.fixed(exchange, 503);
			}
			else {
				TestServer.fixed(exchange, 200);
			}
		})) {
			Tally total = LoadGenerator.run(plan(server, Phase.constant("calm", 40, Duration.ofSeconds(1)))).total();
			assertThat(total.refused()).isEqualTo(20);
			assertThat(total.good()).isEqualTo(20);
			assertThat(total.wrong()).isZero();
			assertThat(total.shedReasons()).isEqualTo(Map.of("limit", 20L));
			assertThat(total.statuses()).isEqualTo(Map.of(200, 20L, 503, 20L));
		}
	}

	@Test
	void countsOtherAnswersAsWrong() throws IOException {
		try (TestServer server = new TestServer(1).on("/", (exchange) -> TestServer.fixed(exchange, 500))) {
			Tally total = LoadGenerator.run(plan(server, Phase.constant("calm", 20, Duration.ofSeconds(1)))).total();
			assertThat(total.wrong()).isEqualTo(20);
			assertThat(total.good() + total.refused() + total.late() + total.broken()).isZero();
		}
	}

	@Test
	void countsServersThatAreNotThereAsBroken() throws IOException {
		int port;
		try (TestServer server = new TestServer(1)) {
			port = server.port();
		}
		LoadPlan plan = LoadPlan.of(port, Mix.of("/"), Phase.constant("calm", 20, Duration.ofSeconds(1)));
		assertThat(LoadGenerator.run(plan).total().broken()).isEqualTo(20);
	}

	@Test
	void givesUpAtTheDeadline() throws IOException {
		CountDownLatch end = new CountDownLatch(1);
		try (TestServer server = new TestServer(1).on("/", (exchange) -> await(end))) {
			LoadPlan plan = plan(server, Phase.constant("stuck", 20, Duration.ofMillis(500)))
				.withDeadline(Duration.ofMillis(200));
			long begin = System.nanoTime();
			LoadResult result = LoadGenerator.run(plan);
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofMillis(600),
					Duration.ofSeconds(3));
			assertThat(result.total().late()).isEqualTo(10);
			assertThat(result.connections().opened()).isEqualTo(10);
			end.countDown();
		}
	}

	@Test
	void chargesStallsFromTheIntendedSendTime() throws IOException {
		AtomicInteger turn = new AtomicInteger();
		CountDownLatch never = new CountDownLatch(1);
		try (TestServer server = new TestServer(1).on("/", (exchange) -> {
			if (turn.incrementAndGet() == 100) {
				await(never);
			}
			TestServer.fixed(exchange, 200);
		})) {
			Tally total = LoadGenerator.run(plan(server, Phase.constant("stall", 200, Duration.ofSeconds(2)))).total();
			assertThat(total.good() + total.late()).isEqualTo(400);
			assertThat(total.acceptedMillis(100)).isGreaterThan(450);
			assertThat(total.acceptedSlowerThan(250)).isGreaterThan(40);
		}
	}

	@Test
	void chargesTheWaitForAConnectionToo() throws IOException {
		AtomicInteger turn = new AtomicInteger();
		CountDownLatch never = new CountDownLatch(1);
		try (TestServer server = new TestServer(2).on("/", (exchange) -> {
			if (turn.incrementAndGet() == 100) {
				await(never);
			}
			TestServer.fixed(exchange, 200);
		})) {
			LoadResult result = LoadGenerator
				.run(plan(server, Phase.constant("stall", 200, Duration.ofSeconds(2))).withMaxConnections(1));
			assertThat(result.connections().peak()).isEqualTo(1);
			assertThat(result.connections().starved()).isGreaterThan(40);
			assertThat(result.total().acceptedSlowerThan(250)).isGreaterThan(40);
		}
	}

	@Test
	void mixesPathsByWeight() throws IOException {
		AtomicInteger heavy = new AtomicInteger();
		try (TestServer server = new TestServer(4).on("/light", (exchange) -> TestServer.fixed(exchange, 200))
			.on("/heavy", (exchange) -> {
				heavy.incrementAndGet();
				TestServer.fixed(exchange, 200);
			})) {
			Mix mix = new Mix(List.of(new Mix.Target("/light", 3), new Mix.Target("/heavy", 1)));
			LoadResult result = LoadGenerator
				.run(LoadPlan.of(server.port(), mix, Phase.constant("mixed", 400, Duration.ofSeconds(1))));
			assertThat(result.total().good()).isEqualTo(400);
			assertThat(heavy.get()).isBetween(60, 140);
			assertThat(result.tallies().get(0).get(1).good()).isEqualTo(heavy.get());
		}
	}

	@Test
	void sendsABurstAtOnce() throws IOException {
		CountDownLatch all = new CountDownLatch(100);
		try (TestServer server = new TestServer(100).on("/", (exchange) -> {
			all.countDown();
			await(all);
			TestServer.fixed(exchange, 200);
		})) {
			LoadResult result = LoadGenerator.run(
					plan(server, Phase.burst("burst", 100, Duration.ofSeconds(1))).withDeadline(Duration.ofSeconds(5)));
			assertThat(result.total().good()).isEqualTo(100);
			assertThat(result.connections().peak()).isEqualTo(100);
		}
	}

	@Test
	void isVoidWhenItWasLateItself() throws IOException {
		try (TestServer server = new TestServer(4).on("/", (exchange) -> TestServer.fixed(exchange, 200))) {
			LoadResult result = LoadGenerator.run(plan(server, Phase.constant("calm", 20, Duration.ofSeconds(1))));
			result.lagMicros().reset();
			result.lagMicros().recordValue(4_900);
			assertThat(result.isVoid()).isFalse();
			result.lagMicros().recordValue(5_100);
			assertThat(result.isVoid()).isTrue();
		}
	}

	private static LoadPlan plan(TestServer server, Phase... phases) {
		return LoadPlan.of(server.port(), Mix.of("/"), phases);
	}

	private static void await(CountDownLatch latch) {
		try {
			boolean opened = latch.await(500, TimeUnit.MILLISECONDS);
			assertThat(opened).isIn(true, false);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
