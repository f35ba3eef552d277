/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.inflight;

import java.lang.Thread.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.ManualTicker;
import dev.holdfast.lifetime.OwnedLifetime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Tag("A3")
class PatrolTests {

	private final ManualTicker ticker = new ManualTicker();

	private final RunningRequests running = new RunningRequests(this.ticker);

	private final List<String> seen = new ArrayList<>();

	private @Nullable Patrol started;

	@AfterEach
	void stop() {
		if (this.started != null) {
			this.started.close();
		}
	}

	@Test
	void everyRequestIsLookedAtInEveryRoundUntilItHasEnded() {
		RunningRequest first = begin("GET", this::note);
		RunningRequest second = begin("PUT", this::note);
		Patrol patrol = new Patrol(this.running);
		this.ticker.advance(Duration.ofMillis(70));
		patrol.round();
		assertThat(this.seen).containsExactlyInAnyOrder("GET PT0.07S", "PUT PT0.07S");
		this.running.end(first);
		patrol.round();
		assertThat(this.seen).hasSize(3).endsWith("PUT PT0.07S");
		this.running.end(second);
		patrol.round();
		assertThat(this.seen).hasSize(3);
	}

	@Test
	void aRequestIsLookedAtByAllThatItNamesInTheirOrder() {
		begin("GET", (same, age) -> this.seen.add("first"), this::note);
		begin("PUT");
		new Patrol(this.running).round();
		assertThat(this.seen).containsExactly("first", "GET PT0S");
	}

	@Test
	void nothingIsKeptForTheLookAfterTheEnd() {
		RunningRequest request = begin("GET", this::note);
		this.running.end(request);
		assertThat(request.inspections()).isEmpty();
	}

	@Test
	void anInspectionThatFailsHarmsNeitherTheOthersNorTheNextRound() {
		begin("GET", (request, age) -> {
			throw new AssertionError("planted");
		}, this::note);
		Patrol patrol = new Patrol(this.running);
		patrol.round();
		patrol.round();
		assertThat(this.seen).hasSize(2);
	}

	@Test
	void itRestsWhileNothingRunsAndIsWokenByTheNextRequest() {
		AtomicInteger looks = new AtomicInteger();
		Thread thread = start();
		await().until(() -> thread.getState() == State.WAITING);
		for (int i = 0; i < 3; i++) {
			int before = looks.get();
			RunningRequest request = begin("GET", (same, age) -> looks.incrementAndGet());
			await().until(() -> looks.get() > before + 1);
			this.running.end(request);
			await().until(() -> thread.getState() == State.WAITING);
		}
	}

	@Test
	void itSurvivesAnInspectionThatLeavesAnInterruptBehind() {
		AtomicInteger looks = new AtomicInteger();
		start();
		begin("GET", (request, age) -> {
			looks.incrementAndGet();
			Thread.currentThread().interrupt();
		});
		await().until(() -> looks.get() > 2);
	}

	@Test
	void itEndsWhenItIsClosedAtWorkAndAtRest() throws InterruptedException {
		for (boolean busy : new boolean[] { true, false }) {
			Thread thread = start();
			RunningRequest request = begin("GET");
			if (!busy) {
				this.running.end(request);
				await().until(() -> thread.getState() == State.WAITING);
			}
			stop();
			thread.join(Duration.ofSeconds(10).toMillis());
			assertThat(thread.isAlive()).isFalse();
			this.running.end(request);
		}
	}

	private void note(RunningRequest request, Duration age) {
		this.seen.add(request.method() + " " + age);
	}

	private Thread start() {
		Patrol patrol = new Patrol(this.running);
		this.started = patrol;
		List<Thread> before = patrols();
		patrol.start();
		return patrols().stream().filter((thread) -> !before.contains(thread)).findFirst().orElseThrow();
	}

	private static List<Thread> patrols() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("holdfast-requests"))
			.toList();
	}

	private RunningRequest begin(String method, Inspection... looks) {
		RunningRequest request = this.running.begin(method, "192.0.2.1", new OwnedLifetime(Deadline.none()));
		request.inspectBy(looks);
		return request;
	}

}
