/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

import dev.holdfast.lifetime.DrainStarted;
import dev.holdfast.server.ServerKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What clients of a draining server read from their sockets.
 */
@Tag("D5")
@Tag("E5")
class EmitterDrainTests {

	private static final Duration WINDOW = Duration.ofSeconds(1);

	private final List<EmitterClient> clients = new ArrayList<>();

	@SuppressWarnings("NullAway.Init")
	private ConfigurableApplicationContext context;

	@AfterEach
	void stop() throws IOException {
		for (EmitterClient client : this.clients) {
			client.close();
		}
		this.context.close();
	}

	@ParameterizedTest
	@EnumSource
	void eventStreamsEndProperlyAndOneAfterTheOther(ServerKind kind) throws IOException {
		start(kind);
		List<EmitterClient> streams = open("GET /events", 10);
		assertThat(streams).allMatch((stream) -> stream.head().contains("text/event-stream"));
		awaitOpen(10);
		long begun = System.nanoTime();
		this.context.publishEvent(new DrainStarted(WINDOW));
		assertThat(millisSince(begun)).as("the event is not held up").isLessThan(500);
		List<Long> ends = streams.stream().map(EmitterClient::endNanos).sorted().toList();
		assertThat(TimeUnit.NANOSECONDS.toMillis(ends.get(9) - ends.get(0))).isBetween(500L, 5_000L);
		assertThat(gaps(ends)).as("gaps of at least 20 ms").filteredOn((gap) -> gap >= 20).hasSizeGreaterThan(5);
		assertThat(streams).allMatch((stream) -> stream.body().equals("data:begun\n\n"));
		await().untilAsserted(() -> assertThat(streams().completions()).isEqualTo(10));
		awaitOpen(0);
	}

	@ParameterizedTest
	@EnumSource
	void downloadsAndAnswersGoOn(ServerKind kind) throws IOException {
		start(kind);
		EmitterClient export = open("GET /export");
		EmitterClient answer = open("POST /answer");
		List<EmitterClient> streams = List.of(open("GET /events"), open("GET /typed"), open("GET /entity"));
		this.context.publishEvent(new DrainStarted(WINDOW));
		assertThat(streams).allSatisfy((stream) -> assertThat(stream.body()).contains("begun"));
		assertThat(streams.get(2).head()).contains("X-Kept: yes");
		assertThat(export.isOpen()).isTrue();
		assertThat(answer.isOpen()).isTrue();
		for (ResponseBodyEmitter emitter : streams().emitters().subList(0, 2)) {
			emitter.send("more");
			emitter.complete();
		}
		assertThat(export.body()).isEqualTo("begunmore");
		assertThat(answer.body()).isEqualTo("data:begun\n\ndata:more\n\n");
	}

	@ParameterizedTest
	@EnumSource
	void otherAnswersAreUntouched(ServerKind kind) throws IOException {
		start(kind);
		assertThat(open("GET /finished").body()).isEqualTo("data:begun\n\n");
		assertThat(open("GET /none").head()).startsWith("HTTP/1.1 204");
		assertThat(open("GET /hello").head()).startsWith("HTTP/1.1 200").contains("Content-Length: 5");
		awaitOpen(0);
		this.context.publishEvent(new DrainStarted(Duration.ZERO));
		assertThat(open("GET /hello").head()).startsWith("HTTP/1.1 200").contains("Content-Length: 5");
	}

	@ParameterizedTest
	@EnumSource
	void withoutAWindowTheGracefulStopDoesNotWaitForStreams(ServerKind kind) throws IOException {
		start(kind, "server.shutdown=graceful", "spring.lifecycle.timeout-per-shutdown-phase=15s");
		List<EmitterClient> streams = open("GET /events", 3);
		awaitOpen(3);
		long begun = System.nanoTime();
		this.context.publishEvent(new DrainStarted(Duration.ZERO));
		this.context.close();
		assertThat(millisSince(begun)).isLessThan(10_000);
		assertThat(streams).allMatch((stream) -> stream.body().equals("data:begun\n\n"));
	}

	@ParameterizedTest
	@EnumSource
	void onPlainBootAStreamHoldsUpTheGracefulStopAndIsCut(ServerKind kind) throws IOException {
		start(kind, "holdfast.enabled=false", "server.shutdown=graceful",
				"spring.lifecycle.timeout-per-shutdown-phase=3s");
		EmitterClient stream = open("GET /events");
		await().until(() -> streams().emitters().size() == 1);
		// Tomcat lets streams time out as it closes their connections: this one is not
		// ended before that
		AtomicBoolean cut = new AtomicBoolean();
		streams().emitters().get(0).onTimeout(() -> {
			while (!cut.get()) {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
				Thread.interrupted();
			}
		});
		long begun = System.nanoTime();
		this.context.close();
		assertThat(millisSince(begun)).isGreaterThanOrEqualTo(3_000);
		assertThatThrownBy(stream::endNanos).hasRootCauseInstanceOf(IOException.class);
		cut.set(true);
	}

	@ParameterizedTest
	@EnumSource
	void streamThatIsOpenedDuringTheDrainIsClosedWithTheOthers(ServerKind kind) throws IOException {
		start(kind);
		long begun = System.nanoTime();
		this.context.publishEvent(new DrainStarted(WINDOW));
		EmitterClient early = open("GET /events");
		assertThat(TimeUnit.NANOSECONDS.toMillis(early.endNanos() - begun)).isBetween(800L, 5_000L);
		await().until(() -> millisSince(begun) > WINDOW.toMillis());
		assertThat(open("GET /events").body()).isEqualTo("data:begun\n\n");
	}

	@ParameterizedTest
	@EnumSource
	void drainThatIsTakenBackLeavesOpenWhatIsOpen(ServerKind kind) throws IOException {
		start(kind);
		EmitterClient first = open("GET /events");
		awaitOpen(1);
		EmitterClient second = open("GET /events");
		awaitOpen(2);
		Duration window = WINDOW.multipliedBy(3);
		this.context.publishEvent(new DrainStarted(window));
		first.endNanos();
		AvailabilityChangeEvent.publish(this.context, ReadinessState.ACCEPTING_TRAFFIC);
		EmitterClient third = open("GET /events");
		awaitOpen(2);
		await().during(window.dividedBy(2)).until(() -> second.isOpen() && third.isOpen());
		assertThat(drain().open()).isEqualTo(2);
		this.context.publishEvent(new DrainStarted(WINDOW));
		assertThat(third.endNanos()).isGreaterThan(second.endNanos());
	}

	@ParameterizedTest
	@EnumSource
	void streamWhoseClientHasLeftIsForgotten(ServerKind kind) throws IOException {
		start(kind);
		EmitterClient client = open("GET /events");
		awaitOpen(1);
		client.close();
		await().untilAsserted(() -> {
			send(streams().emitters().get(0));
			assertThat(drain().open()).isZero();
		});
	}

	private static void send(ResponseBodyEmitter emitter) {
		try {
			emitter.send("more");
		}
		catch (IOException | IllegalStateException ex) {
			// the client has left; Tomcat tells Spring, Jetty does not
			emitter.completeWithError(ex);
		}
	}

	private void start(ServerKind kind, String... arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		all.add("server.port=0");
		if (arguments.length == 0) {
			all.add("server.shutdown=immediate");
		}
		all.add("spring.main.banner-mode=off");
		all.add("logging.level.root=WARN");
		all.add("spring.autoconfigure.exclude=" + String.join(",", kind.exclusions(false)));
		this.context = new SpringApplicationBuilder(EmitterApplication.class)
			.run(all.stream().map((argument) -> "--" + argument).toArray(String[]::new));
	}

	private List<EmitterClient> open(String request, int count) throws IOException {
		List<EmitterClient> opened = new ArrayList<>();
		while (opened.size() < count) {
			opened.add(open(request));
		}
		return opened;
	}

	private EmitterClient open(String request) throws IOException {
		EmitterClient client = EmitterClient.open(port(), request);
		this.clients.add(client);
		return client;
	}

	private int port() {
		return Objects.requireNonNull(((WebServerApplicationContext) this.context).getWebServer()).getPort();
	}

	/**
	 * The head of a response may be there before the handler has returned, and its end
	 * before anybody is told.
	 */
	private void awaitOpen(int count) {
		await().untilAsserted(() -> assertThat(drain().open()).isEqualTo(count));
	}

	private EmitterDrain drain() {
		return this.context.getBean(EmitterDrain.class);
	}

	private EmitterApplication.Streams streams() {
		return this.context.getBean(EmitterApplication.Streams.class);
	}

	private static long millisSince(long nanos) {
		return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
	}

	private static List<Long> gaps(List<Long> ends) {
		List<Long> gaps = new ArrayList<>();
		for (int index = 1; index < ends.size(); index++) {
			gaps.add(TimeUnit.NANOSECONDS.toMillis(ends.get(index) - ends.get(index - 1)));
		}
		return gaps;
	}

}
