/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.holdfast.lifetime.EndReason;
import dev.holdfast.lifetime.Lifetime;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletResponse;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.context.request.async.DeferredResult;

/**
 * A real application whose clients leave.
 *
 * @param application the application
 */
record LeavingApplication(RunningApplication application) implements AutoCloseable {

	/** Short, so that tests are. */
	static final Duration DETECT_AFTER = Duration.ofMillis(200);

	static LeavingApplication start(ServerKind kind, String... arguments) {
		List<String> all = new ArrayList<>(Arrays.asList(arguments));
		all.add("holdfast.disconnect.detect-after=" + DETECT_AFTER.toMillis() + "ms");
		return new LeavingApplication(RunningApplication.start(kind, Waiting.class, false, all.toArray(String[]::new)));
	}

	RawConnection connect() throws IOException {
		return RawConnection.to(this.application.port());
	}

	Visits visits() {
		return this.application.context().getBean(Visits.class);
	}

	Visit begun(String name) {
		return Awaitility.await().until(() -> visits().find(name), Objects::nonNull);
	}

	/**
	 * Waits until a request runs for so long that its client is watched.
	 * @param name name of the request
	 * @return the request
	 */
	Visit watched(String name) {
		Visit visit = begun(name);
		Awaitility.await().until(() -> visit.age().compareTo(DETECT_AFTER.plusMillis(150)) > 0);
		return visit;
	}

	/**
	 * Waits until all requests run for so long that their clients are watched.
	 * @param count how many there are
	 */
	void watched(int count) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> visits().all().size() == count && visits().all()
				.stream()
				.allMatch((visit) -> visit.age().compareTo(DETECT_AFTER.plusMillis(150)) > 0));
	}

	int detected() {
		return count("holdfast.disconnect.detected");
	}

	int cancelled() {
		return count("holdfast.disconnect.cancelled");
	}

	private int count(String meter) {
		return (int) this.application.context().getBean(MeterRegistry.class).get(meter).functionCounter().count();
	}

	@Override
	public void close() {
		visits().open();
		this.application.close();
	}

	/**
	 * A request that waits.
	 */
	static final class Visit {

		private final long begun = System.nanoTime();

		private final CountDownLatch told = new CountDownLatch(1);

		private volatile @Nullable EndReason reason;

		private volatile long endedNanos;

		private volatile boolean left;

		void end(EndReason why) {
			this.endedNanos = System.nanoTime();
			this.reason = why;
			this.told.countDown();
		}

		void release() {
			this.told.countDown();
		}

		Duration age() {
			return Duration.ofNanos(System.nanoTime() - this.begun);
		}

		@Nullable EndReason reason() {
			return this.reason;
		}

		boolean hasLeft() {
			return this.left;
		}

		/**
		 * Waits for the end.
		 * @param since when it could have begun to be noticed
		 * @return time that it took
		 */
		Duration endedAfter(long since) {
			Awaitility.await()
				.pollInterval(Duration.ofMillis(5))
				.atMost(Duration.ofSeconds(10))
				.until(() -> this.reason == EndReason.CLIENT_GONE);
			return Duration.ofNanos(this.endedNanos - since);
		}

		Duration endedAtAge() {
			return endedAfter(this.begun);
		}

	}

	/**
	 * All of them.
	 */
	static final class Visits {

		private final Map<String, Visit> visits = new ConcurrentHashMap<>();

		private volatile boolean opened;

		Visit begin(String name) {
			Visit visit = new Visit();
			this.visits.put(name, visit);
			if (this.opened) {
				visit.release();
			}
			return visit;
		}

		@Nullable Visit find(String name) {
			return this.visits.get(name);
		}

		Collection<Visit> all() {
			return this.visits.values();
		}

		void open() {
			this.opened = true;
			this.visits.values().forEach(Visit::release);
		}

		// blocks like a driver that is told to give up
		String stay(String name) throws InterruptedException {
			Visit visit = begin(name);
			Lifetime.Registration registration = Lifetime.current().onEnd(visit::end);
			try {
				if (!visit.told.await(30, TimeUnit.SECONDS)) {
					throw new IllegalStateException("nobody ended it");
				}
			}
			finally {
				registration.close();
				visit.left = true;
			}
			if (visit.reason() != null) {
				throw new IllegalStateException("the call was cut off");
			}
			return "stayed";
		}

	}

	@Controller
	@Import(TestApplication.class)
	static class Waiting {

		private final Visits visits = new Visits();

		@Bean
		Visits visits() {
			return this.visits;
		}

		@GetMapping("/stay/{name}")
		@ResponseBody
		String stay(@PathVariable String name) throws InterruptedException {
			return this.visits.stay(name);
		}

		@PostMapping("/stay/{name}")
		@ResponseBody
		String order(@PathVariable String name) throws InterruptedException {
			return this.visits.stay(name);
		}

		@PostMapping("/ask/{name}")
		@ResponseBody
		String ask(@PathVariable String name, @RequestBody String query) throws InterruptedException {
			Lifetime.current().cancellable();
			return query + " " + this.visits.stay(name);
		}

		@GetMapping("/answer-first/{name}")
		void answerFirst(@PathVariable String name, HttpServletResponse response)
				throws IOException, InterruptedException {
			// old enough to be watched by now
			Awaitility.await().pollDelay(DETECT_AFTER.plusMillis(150)).until(() -> true);
			response.setContentLength("answer".length());
			response.getOutputStream().print("answer");
			response.flushBuffer();
			this.visits.stay(name);
		}

		@GetMapping("/interrupted")
		@ResponseBody
		String interrupted() {
			return Boolean.toString(Thread.interrupted());
		}

		@GetMapping("/stay-async/{name}")
		@ResponseBody
		DeferredResult<String> later(@PathVariable String name) {
			Visit visit = this.visits.begin(name);
			Lifetime.current().onEnd(visit::end);
			return new DeferredResult<>(20_000L);
		}

	}

}
