/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.holdfast.inflight.RunningRequests;
import dev.holdfast.inflight.ServerConnections;
import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.DrainStarted;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.lifetime.Ticker;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("D2")
@Tag("D3")
class DrainTests {

	private static final Duration DELAY = Duration.ofSeconds(10);

	private final AtomicLong nanos = new AtomicLong();

	private final Ticker ticker = this.nanos::get;

	private final List<String> told = new CopyOnWriteArrayList<>();

	private final RunningRequests running = new RunningRequests(this.ticker);

	private final Server server = new Server();

	private Drain drain = drain(null);

	private Drain drain(@Nullable Duration quiet) {
		return new Drain(
				new DrainPlan(Duration.ZERO, DELAY, Duration.ofSeconds(12), Duration.ofSeconds(30), quiet, true),
				new Traffic(this.running, () -> List.of(this.server)), new Told(), this.ticker);
	}

	@AfterEach
	void endTheRounds() {
		this.drain.close();
	}

	@Test
	void serviceThatServesIsInNoDrain() {
		Drain.Snapshot now = this.drain.snapshot();
		assertThat(now.state()).isEqualTo(DrainState.SERVING);
		assertThat(now.trigger()).isNull();
		assertThat(now.since()).isZero();
		assertThat(this.told).isEmpty();
	}

	@Test
	void everybodyIsToldOnceWhenItBegins() {
		assertThat(this.drain.start(DrainTrigger.ENDPOINT)).isTrue();
		assertThat(this.drain.start(DrainTrigger.ENDPOINT)).isFalse();
		assertThat(this.told).containsExactly("refuse", "announce", "started PT10S");
		assertThat(this.drain.snapshot().left()).isEqualTo(DELAY);
	}

	@Test
	void closingContextTakesReadinessAwayItself() {
		this.drain.stop(true);
		assertThat(this.told).containsExactly("announce", "started PT10S");
		assertThat(this.drain.state()).isEqualTo(DrainState.STOPPING);
	}

	@Test
	void delayIsWaitedForToItsEnd() throws Exception {
		this.drain.stop(true);
		pass(Duration.ofMillis(9_999));
		CompletableFuture<Boolean> over = CompletableFuture.supplyAsync(this::await);
		Awaitility.await().during(Duration.ofMillis(600)).until(() -> !over.isDone());
		pass(Duration.ofMillis(1));
		assertThat(over.get(5, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void impatientStopIsNotWaitedFor() {
		this.drain.stop(false);
		assertThat(await()).isTrue();
		assertThat(this.told).containsExactly("announce", "started PT0S");
	}

	@Test
	void sigtermAfterTheHookDoesNotWaitAgain() {
		this.drain.start(DrainTrigger.PRESTOP);
		pass(DELAY);
		this.drain.stop(true);
		assertThat(await()).isTrue();
		assertThat(this.told).as("told once").containsOnlyOnce("started PT10S");
	}

	@Test
	void sigtermDuringTheHookWaitsForTheRestOnly() {
		this.drain.start(DrainTrigger.PRESTOP);
		pass(Duration.ofSeconds(6));
		this.drain.stop(true);
		assertThat(this.drain.snapshot().left()).isEqualTo(Duration.ofSeconds(4));
		pass(Duration.ofSeconds(4));
		assertThat(await()).isTrue();
	}

	@Test
	void drainThatIsTakenBackLetsTheServiceServe() {
		this.drain.start(DrainTrigger.ENDPOINT);
		this.told.clear();
		assertThat(this.drain.cancel()).isTrue();
		assertThat(this.told).containsExactly("resume", "accept");
		assertThat(this.drain.state()).isEqualTo(DrainState.SERVING);
		assertThat(this.drain.start(DrainTrigger.ENDPOINT)).as("a next one").isTrue();
	}

	@Test
	void whoeverWaitsHearsThatItWasTakenBack() throws Exception {
		this.drain.start(DrainTrigger.PRESTOP);
		CompletableFuture<Boolean> over = CompletableFuture.supplyAsync(this::await);
		this.drain.cancel();
		assertThat(over.get(5, TimeUnit.SECONDS)).isFalse();
	}

	@Test
	void endOfTheProcessCannotBeTakenBack() {
		this.drain.start(DrainTrigger.ENDPOINT);
		this.drain.stop(true);
		assertThat(this.drain.cancel()).isFalse();
		assertThat(this.told).doesNotContain("resume", "accept");
	}

	@Test
	void silenceEndsTheDelayOnlyWhereItIsAskedFor() {
		this.drain = drain(Duration.ofSeconds(2));
		this.drain.stop(true);
		pass(Duration.ofSeconds(2));
		assertThat(await()).isTrue();
		assertThat(this.drain.snapshot().left()).isEqualTo(Duration.ofSeconds(8));
	}

	@Test
	void requestThatRunsIsNoSilence() throws Exception {
		var request = this.running.begin("GET", "peer", new OwnedLifetime(Deadline.none()));
		this.drain = drain(Duration.ofSeconds(2));
		this.drain.stop(true);
		pass(Duration.ofSeconds(3));
		// a round has looked at the requests
		int announced = this.server.announced.get();
		Awaitility.await().untilAsserted(() -> assertThat(this.server.announced.get()).isGreaterThan(announced + 1));
		CompletableFuture<Boolean> over = CompletableFuture.supplyAsync(this::await);
		Awaitility.await().during(Duration.ofMillis(600)).until(() -> !over.isDone());
		this.running.end(request);
		pass(Duration.ofSeconds(3));
		assertThat(over.get(5, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void connectionsThatComeLaterAreToldAsWell() {
		this.drain.start(DrainTrigger.ENDPOINT);
		Awaitility.await().untilAsserted(() -> assertThat(this.server.announced.get()).isGreaterThan(2));
	}

	@Test
	void idleConnectionsAreClosedInTheLastSecondAndNotBefore() {
		this.drain.stop(true);
		pass(Duration.ofMillis(8_900));
		Awaitility.await().untilAsserted(() -> assertThat(this.server.announced.get()).isGreaterThan(2));
		assertThat(this.server.swept.get()).isZero();
		pass(Duration.ofMillis(200));
		Awaitility.await().untilAsserted(() -> assertThat(this.server.swept.get()).isPositive());
	}

	@Test
	void hookWithoutSigtermIsTakenBackAfterTheGracePeriod() {
		this.drain.start(DrainTrigger.PRESTOP);
		pass(DELAY);
		Awaitility.await().until(() -> this.drain.state() == DrainState.DRAINED);
		pass(Duration.ofSeconds(20));
		Awaitility.await().until(() -> this.drain.state() == DrainState.SERVING);
		// the state comes first, then everybody is told
		Awaitility.await().untilAsserted(() -> assertThat(this.told).endsWith("resume", "accept"));
	}

	@Test
	void drainByTheEndpointStaysUntilItIsTakenBack() {
		this.drain.start(DrainTrigger.ENDPOINT);
		pass(Duration.ofHours(1));
		Awaitility.await().until(() -> this.drain.state() == DrainState.DRAINED);
		assertThat(this.drain.snapshot().left()).isZero();
		int before = this.server.announced.get();
		Awaitility.await().untilAsserted(() -> assertThat(this.server.announced.get()).isGreaterThan(before));
		assertThat(this.drain.state()).isEqualTo(DrainState.DRAINED);
	}

	@Test
	void serverThatFailsDoesNotEndTheDrain() {
		this.server.failing = true;
		this.drain.start(DrainTrigger.ENDPOINT);
		assertThat(this.told).contains("started PT10S");
		Awaitility.await().untilAsserted(() -> assertThat(this.server.announced.get()).isGreaterThan(2));
	}

	private boolean await() {
		try {
			return this.drain.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void pass(Duration time) {
		this.nanos.addAndGet(time.toNanos());
	}

	private final class Told implements Surroundings {

		@Override
		public void refuseTraffic() {
			DrainTests.this.told.add("refuse");
		}

		@Override
		public void acceptTraffic() {
			DrainTests.this.told.add("accept");
		}

		@Override
		public void drainStarted(DrainStarted event) {
			DrainTests.this.told.add("started " + event.window());
		}

	}

	private final class Server implements ServerConnections {

		private final AtomicInteger announced = new AtomicInteger();

		private final AtomicInteger swept = new AtomicInteger();

		private volatile boolean failing;

		@Override
		public int open() {
			return 3;
		}

		@Override
		public void announceClose() {
			if (this.announced.getAndIncrement() == 0) {
				DrainTests.this.told.add("announce");
			}
			if (this.failing) {
				throw new IllegalStateException("planted");
			}
		}

		@Override
		public void resume() {
			DrainTests.this.told.add("resume");
		}

		@Override
		public int closeIdle(Duration quiet) {
			return this.swept.incrementAndGet();
		}

	}

}
