/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.inflight;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.lifetime.Ticker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("C3")
class RequestInterruptTests {

	private static final int ROUNDS = 20_000;

	private final ExecutorService other = Executors.newSingleThreadExecutor();

	private final RunningRequests running = new RunningRequests(Ticker.system());

	@AfterEach
	void stop() {
		Thread.interrupted();
		this.other.shutdownNow();
	}

	@Test
	void theThreadOfARequestIsInterruptedOnce() {
		RunningRequest request = begin("GET");
		assertThat(request.interrupt()).isTrue();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(request.interrupt()).isFalse();
		assertThat(Thread.interrupted()).isFalse();
	}

	@Test
	void aThreadThatHasLeftIsNotInterruptedAndOneThatComesBackIs() {
		RunningRequest request = begin("GET");
		request.leave();
		assertThat(request.interrupt()).isFalse();
		assertThat(Thread.interrupted()).isFalse();
		request.enter(Phase.FILTERS);
		assertThat(request.interrupt()).isTrue();
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void anInterruptOfARequestIsForgottenWhenItsThreadLeaves() {
		RunningRequest request = begin("GET");
		request.interrupt();
		request.leave();
		assertThat(Thread.interrupted()).isFalse();
	}

	@Test
	void anInterruptOfSomebodyElseIsNotForgotten() {
		RunningRequest request = begin("GET");
		Thread.currentThread().interrupt();
		request.leave();
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void noInterruptHitsWhatTheThreadDoesNext() throws Exception {
		CyclicBarrier start = new CyclicBarrier(2);
		for (int round = 0; round < ROUNDS; round++) {
			RunningRequest request = begin("GET");
			Future<Boolean> interrupted = this.other.submit(() -> {
				start.await(10, TimeUnit.SECONDS);
				return request.interrupt();
			});
			start.await(10, TimeUnit.SECONDS);
			request.leave();
			// the next request of the thread
			for (int i = 0; !interrupted.isDone() || i < 2; i++) {
				assertThat(Thread.interrupted()).as("interrupted after it left, in round " + round).isFalse();
			}
			interrupted.get(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void theThreadThatWorksOutItsResultIsInterruptedOnce() {
		RunningRequest request = begin("GET");
		request.enter(Phase.ASYNC);
		request.beginResult();
		assertThat(request.resultThread()).isSameAs(Thread.currentThread());
		assertThat(request.interrupt()).isTrue();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(request.interrupt()).isFalse();
	}

	@Test
	void itIsNotInterruptedOnceItHasEndedItsWork() {
		RunningRequest request = begin("GET");
		request.enter(Phase.ASYNC);
		ResultWork work = request.beginResult();
		request.interrupt();
		work.end();
		assertThat(Thread.interrupted()).as("forgotten").isFalse();
		assertThat(request.resultThread()).isNull();
		assertThat(request.interrupt()).isFalse();
		assertThat(Thread.interrupted()).isFalse();
	}

	@Test
	void itIsInterruptedAlsoBeforeItsRequestHasLeftTheOtherThread() throws Exception {
		RunningRequest request = this.other.submit(() -> begin("GET")).get(10, TimeUnit.SECONDS);
		ResultWork work = request.beginResult();
		assertThat(request.thread()).isNotNull().isNotSameAs(Thread.currentThread());
		assertThat(request.interrupt()).isTrue();
		assertThat(Thread.interrupted()).isTrue();
		work.end();
	}

	@Test
	void noInterruptHitsWhatTheThreadDoesAfterAResult() throws Exception {
		CyclicBarrier start = new CyclicBarrier(2);
		for (int round = 0; round < ROUNDS; round++) {
			RunningRequest request = begin("GET");
			request.enter(Phase.ASYNC);
			ResultWork work = request.beginResult();
			Future<Boolean> interrupted = this.other.submit(() -> {
				start.await(10, TimeUnit.SECONDS);
				return request.interrupt();
			});
			start.await(10, TimeUnit.SECONDS);
			work.end();
			for (int i = 0; !interrupted.isDone() || i < 2; i++) {
				assertThat(Thread.interrupted()).as("interrupted after it ended, in round " + round).isFalse();
			}
			interrupted.get(10, TimeUnit.SECONDS);
		}
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			SAFE, -,    GET,     true
			SAFE, -,    HEAD,    true
			SAFE, -,    OPTIONS, true
			SAFE, -,    POST,    false
			SAFE, -,    DELETE,  false
			ALL,  -,    POST,    true
			NONE, -,    GET,     false
			NONE, ALL,  POST,    true
			ALL,  NONE, GET,     false
			ALL,  SAFE, PUT,     false
			""")
	void theRouteDecidesWhatIsEnded(CancelPolicy byDefault, @Nullable CancelPolicy ofRoute, String method,
			boolean cancellable) {
		RunningRequest request = begin(method);
		request.endRules(new EndRules(ofRoute, null));
		assertThat(request.isCancellable(byDefault)).isEqualTo(cancellable);
	}

	@Test
	void aHandlerAllowsWhatItsRouteDoesNot() {
		RunningRequest request = begin("POST");
		request.endRules(new EndRules(CancelPolicy.NONE, null));
		request.lifetime().cancellable();
		assertThat(request.isCancellable(CancelPolicy.SAFE)).isTrue();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			true,  -,     true
			false, -,     false
			false, true,  true
			true,  false, false
			""")
	void theRouteDecidesWhatIsInterrupted(boolean byDefault, @Nullable Boolean ofRoute, boolean interruptible) {
		RunningRequest request = begin("GET");
		request.endRules(new EndRules(null, ofRoute));
		assertThat(request.isInterruptible(byDefault)).isEqualTo(interruptible);
	}

	private RunningRequest begin(String method) {
		return this.running.begin(method, "192.0.2.1", new OwnedLifetime(Deadline.none()));
	}

}
