/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.inflight;

import java.time.Duration;

import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.EndReason;
import dev.holdfast.lifetime.ManualTicker;
import dev.holdfast.lifetime.OwnedLifetime;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("C1")
class RunningRequestsTests {

	private final ManualTicker ticker = new ManualTicker(Long.MAX_VALUE - 1);

	private final RunningRequests running = new RunningRequests(this.ticker);

	@Test
	void nothingRunsAtFirst() {
		assertThat(this.running.size()).isZero();
		assertThat(this.running.ghosts()).isZero();
		assertThat(this.running.oldestFirst()).isEmpty();
	}

	@Test
	void aRequestIsListedUntilItEnds() {
		RunningRequest request = begin("GET");
		assertThat(this.running.oldestFirst()).containsExactly(request);
		this.running.end(request);
		this.running.end(request);
		assertThat(this.running.size()).isZero();
	}

	@Test
	void equalRequestsAreListedEach() {
		begin("GET");
		begin("GET");
		assertThat(this.running.size()).isEqualTo(2);
	}

	@Test
	void requestsAreListedOldestFirstThoughTheClockWrapsAround() {
		RunningRequest oldest = begin("GET");
		this.ticker.advance(Duration.ofMillis(1));
		RunningRequest middle = begin("PUT");
		this.ticker.advance(Duration.ofMillis(1));
		RunningRequest youngest = begin("POST");
		assertThat(this.running.oldestFirst()).containsExactly(oldest, middle, youngest);
	}

	@Test
	void theListIsACopy() {
		RunningRequest request = begin("GET");
		var listed = this.running.oldestFirst();
		this.running.end(request);
		assertThat(listed).containsExactly(request);
	}

	@Test
	void theAgeOfARequestGrowsWithTheClock() {
		RunningRequest request = begin("GET");
		assertThat(this.running.age(request)).isZero();
		this.ticker.advance(Duration.ofSeconds(3));
		assertThat(this.running.age(request)).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void aRequestWhoseLifetimeHasEndedIsAGhostUntilItEnds() {
		OwnedLifetime lifetime = new OwnedLifetime(Deadline.none());
		RunningRequest request = this.running.begin("GET", "192.0.2.1", lifetime);
		begin("GET");
		assertThat(this.running.ghosts()).isZero();
		lifetime.end(EndReason.DEADLINE);
		assertThat(this.running.ghosts()).isOne();
		this.running.end(request);
		assertThat(this.running.ghosts()).isZero();
	}

	@Test
	void aRequestKnowsWhatItWasRegisteredWith() {
		OwnedLifetime lifetime = new OwnedLifetime(Deadline.none());
		RunningRequest request = this.running.begin("PUT", "192.0.2.1", lifetime);
		assertThat(request.method()).isEqualTo("PUT");
		assertThat(request.peer()).isEqualTo("192.0.2.1");
		assertThat(request.lifetime()).isSameAs(lifetime);
		assertThat(request.route()).isNull();
		request.handledBy("/orders/{id}", "Orders#one");
		assertThat(request.route()).isEqualTo("/orders/{id}");
	}

	@Test
	void aRequestIsCancelledOnce() {
		RunningRequest request = begin("GET");
		assertThat(request.cancel(EndReason.SHUTDOWN)).isTrue();
		assertThat(request.cancel(EndReason.CANCELLED)).isFalse();
		assertThat(request.lifetime().endReason()).isEqualTo(EndReason.SHUTDOWN);
	}

	@Test
	void aRequestIsQueuedOnTheThreadThatRegisteredIt() {
		RunningRequest request = begin("GET");
		assertThat(request.phase()).isEqualTo(Phase.QUEUED);
		assertThat(request.thread()).isSameAs(Thread.currentThread());
	}

	@Test
	void aRequestHasNoThreadWhileItIsAsynchronous() throws InterruptedException {
		RunningRequest request = begin("GET");
		request.enter(Phase.ASYNC);
		assertThat(request.phase()).isEqualTo(Phase.ASYNC);
		assertThat(request.thread()).isNull();
		Thread dispatched = new Thread(() -> request.enter(Phase.HANDLER));
		dispatched.start();
		dispatched.join();
		assertThat(request.phase()).isEqualTo(Phase.HANDLER);
		assertThat(request.thread()).isSameAs(dispatched);
	}

	@Test
	void phasesAreShownInLowerCase() {
		assertThat(Phase.values()).extracting(Phase::label).containsExactly("queued", "filters", "handler", "async");
	}

	private RunningRequest begin(String method) {
		return this.running.begin(method, "192.0.2.1", new OwnedLifetime(Deadline.none()));
	}

}
