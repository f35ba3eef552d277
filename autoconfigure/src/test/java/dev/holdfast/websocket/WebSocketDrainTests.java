/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.websocket;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.holdfast.inflight.RunningRequests;
import dev.holdfast.inflight.ServerConnections;
import dev.holdfast.lifetime.DrainStarted;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What clients of a draining server hear.
 */
@Tag("D5")
@Tag("E5")
class WebSocketDrainTests {

	private static final Duration WINDOW = Duration.ofSeconds(2);

	private static final String GRACEFUL = "spring.lifecycle.timeout-per-shutdown-phase=30s";

	@SuppressWarnings("NullAway.Init")
	private WebSocketApplication application;

	@AfterEach
	void stop() {
		this.application.close();
	}

	@ParameterizedTest
	@EnumSource
	void sessionsAreClosedOneAfterTheOther(WebSocketApplication.Server server) throws InterruptedException {
		start(server);
		List<WebSocketClient> clients = openInTurn(20);
		clients.get(0).send("hello");
		assertThat(clients.get(0).receive()).isEqualTo("hello");
		// the server may have the session before the request of its handshake is over
		await().untilAsserted(
				() -> assertThat(this.application.bean(RunningRequests.class).size()).as("no request runs").isZero());
		long begun = System.nanoTime();
		this.application.context().publishEvent(new DrainStarted(WINDOW));
		assertThat(millisSince(begun)).as("the event is not held up").isLessThan(500);
		assertThat(clients).allMatch((client) -> client.end().status() == WebSocketClient.End.GOING_AWAY);
		List<Long> moments = clients.stream().map((client) -> millis(client.end().nanos() - begun)).toList();
		assertThat(moments).as("oldest first").isSorted();
		assertThat(moments).as("after the first fifth")
			.filteredOn((moment) -> moment > WINDOW.toMillis() / 5)
			.hasSizeGreaterThan(10);
		assertThat(gaps(moments)).as("gaps of at least 20 ms").filteredOn((gap) -> gap >= 20).hasSizeGreaterThan(10);
		assertThat(moments.get(19)).isLessThan(5_000L);
		awaitSessions(0);
		await().untilAsserted(() -> assertThat(this.application.bean(WebSocketApplication.Echo.class).closed())
			.as("the handler was told")
			.isEqualTo(20));
		await().alias("the server has heard the answer and closed the connections")
			.until(() -> this.application.connections() == 0);
	}

	@ParameterizedTest
	@EnumSource
	void onPlainBootAllSessionsEndInOneMoment(WebSocketApplication.Server server) {
		start(server, GRACEFUL, "holdfast.enabled=false");
		List<WebSocketClient> clients = open(20);
		long begun = System.nanoTime();
		this.application.close();
		List<Long> moments = clients.stream().map((client) -> millis(client.end().nanos() - begun)).sorted().toList();
		assertThat(moments.get(19) - moments.get(0)).isLessThan(WINDOW.toMillis());
		if (server != WebSocketApplication.Server.JETTY) {
			assertThat(clients).allMatch((client) -> client.end().status() == WebSocketClient.End.CUT);
		}
	}

	@ParameterizedTest
	@EnumSource
	void everyKindOfEndpointIsReached(WebSocketApplication.Server server) {
		start(server);
		List<WebSocketClient> clients = List.of(open("/stomp"), open("/sockjs/websocket"),
				open("/sockjs/000/abcdefgh/websocket"), open("/echo"));
		awaitSessions(4);
		this.application.context().publishEvent(new DrainStarted(WINDOW));
		assertThat(clients).allMatch((client) -> client.end().status() == WebSocketClient.End.GOING_AWAY);
		awaitSessions(0);
	}

	@ParameterizedTest
	@EnumSource
	void sessionThatIsOpenedDuringTheDrainIsClosedWithTheOthers(WebSocketApplication.Server server) {
		start(server);
		long begun = System.nanoTime();
		this.application.context().publishEvent(new DrainStarted(WINDOW));
		WebSocketClient early = open("/echo");
		assertThat(early.end().status()).isEqualTo(WebSocketClient.End.GOING_AWAY);
		assertThat(millis(early.end().nanos() - begun)).isBetween(1_600L, 5_000L);
		await().until(() -> millisSince(begun) > WINDOW.toMillis());
		assertThat(open("/echo").end().status()).isEqualTo(WebSocketClient.End.GOING_AWAY);
	}

	@ParameterizedTest
	@EnumSource
	void handshakeIsNotToldThatItIsTheLastOfItsConnection(WebSocketApplication.Server server)
			throws IOException, InterruptedException {
		start(server);
		assertThat(this.application.servers()).isNotEmpty().allSatisfy(ServerConnections::announceClose);
		URI other = URI.create("http://127.0.0.1:" + this.application.port() + "/hello");
		assertThat(HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(other).build(), HttpResponse.BodyHandlers.ofString())
			.headers()
			.firstValue("Connection")).hasValue("close");
		assertThat(connectionFields()).containsExactly("connection: upgrade");
	}

	@Test
	void boundOfOneThatTheUserChoseIsToldAsBefore() throws IOException {
		start(WebSocketApplication.Server.TOMCAT, "server.tomcat.max-keep-alive-requests=1");
		assertThat(connectionFields()).contains("connection: close");
		this.application.servers().forEach(ServerConnections::announceClose);
		assertThat(connectionFields()).doesNotContain("connection: close");
		this.application.servers().forEach(ServerConnections::resume);
		assertThat(connectionFields()).contains("connection: close");
	}

	private List<String> connectionFields() throws IOException {
		try (RawClient client = RawClient.open(this.application.port())) {
			return client.head()
				.toLowerCase(Locale.ROOT)
				.lines()
				.filter((line) -> line.startsWith("connection:"))
				.toList();
		}
	}

	@ParameterizedTest
	@EnumSource
	void withoutAWindowAllAreClosedBeforeTheServerStops(WebSocketApplication.Server server) {
		start(server, GRACEFUL);
		List<WebSocketClient> clients = open(20);
		awaitSessions(20);
		long begun = System.nanoTime();
		this.application.close();
		assertThat(millisSince(begun)).isLessThan(10_000);
		assertThat(clients).allMatch((client) -> client.end().status() == WebSocketClient.End.GOING_AWAY);
	}

	@ParameterizedTest
	@EnumSource
	void peersThatDoNotReadHoldUpNeitherTheOthersNorTheStop(WebSocketApplication.Server server) throws IOException {
		start(server, GRACEFUL);
		List<RawClient> deaf = new ArrayList<>();
		try {
			while (deaf.size() < 10) {
				RawClient client = RawClient.open(this.application.port());
				deaf.add(client);
				client.flood();
			}
			List<WebSocketClient> clients = open(5);
			awaitSessions(15);
			WebSocketApplication.Echo echo = this.application.bean(WebSocketApplication.Echo.class);
			await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
				assertThat(echo.floods()).isEqualTo(10);
				assertThat(echo.stuckFor()).isGreaterThan(Duration.ofMillis(500));
			});
			long begun = System.nanoTime();
			this.application.context().publishEvent(new DrainStarted(WINDOW));
			assertThat(clients).allMatch((client) -> client.end().status() == WebSocketClient.End.GOING_AWAY);
			assertThat(clients).allMatch((client) -> millis(client.end().nanos() - begun) < 5_000);
			long closing = System.nanoTime();
			this.application.close();
			assertThat(millisSince(closing)).isLessThan(10_000);
		}
		finally {
			for (RawClient client : deaf) {
				client.close();
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void drainThatIsTakenBackLeavesOpenWhatIsOpen(WebSocketApplication.Server server) throws InterruptedException {
		start(server);
		List<WebSocketClient> clients = openInTurn(2);
		Duration window = WINDOW.multipliedBy(3);
		this.application.context().publishEvent(new DrainStarted(window));
		clients.get(0).end();
		AvailabilityChangeEvent.publish(this.application.context(), ReadinessState.ACCEPTING_TRAFFIC);
		clients.get(1).send("still");
		assertThat(clients.get(1).receive()).isEqualTo("still");
		await().during(window.dividedBy(2)).atMost(Duration.ofSeconds(10)).until(clients.get(1)::isOpen);
		WebSocketClient later = open("/echo");
		later.send("again");
		assertThat(later.receive()).isEqualTo("again");
	}

	@ParameterizedTest
	@EnumSource
	void openSessionsAndThoseThatWereClosedAreCounted(WebSocketApplication.Server server) {
		start(server);
		MeterRegistry registry = this.application.bean(MeterRegistry.class);
		List<WebSocketClient> clients = open(3);
		awaitSessions(3);
		assertThat(registry.get("holdfast.websocket.sessions").gauge().value()).isEqualTo(3);
		assertThat(registry.get("holdfast.websocket.closed").tag("reason", "going-away").functionCounter().count())
			.isZero();
		clients.get(0).abort();
		awaitSessions(2);
		this.application.context().publishEvent(new DrainStarted(Duration.ZERO));
		awaitSessions(0);
		await().untilAsserted(() -> assertThat(
				registry.get("holdfast.websocket.closed").tag("reason", "going-away").functionCounter().count())
			.isEqualTo(2));
	}

	private void start(WebSocketApplication.Server server, String... arguments) {
		this.application = WebSocketApplication.start(server, arguments);
	}

	private List<WebSocketClient> open(int count) {
		return IntStream.range(0, count).mapToObj((index) -> open("/echo")).toList();
	}

	/**
	 * Opens sessions of which the server has each before it has the next.
	 */
	private List<WebSocketClient> openInTurn(int count) {
		List<WebSocketClient> clients = new ArrayList<>();
		while (clients.size() < count) {
			clients.add(open("/echo"));
			awaitSessions(clients.size());
		}
		return clients;
	}

	private WebSocketClient open(String path) {
		return WebSocketClient.open(this.application.port(), path);
	}

	/**
	 * The answer to a handshake may be there before the handler has the session.
	 */
	private void awaitSessions(int count) {
		await().untilAsserted(() -> assertThat(this.application.sessions()).isEqualTo(count));
	}

	private static long millis(long nanos) {
		return TimeUnit.NANOSECONDS.toMillis(nanos);
	}

	private static long millisSince(long nanos) {
		return millis(System.nanoTime() - nanos);
	}

	private static List<Long> gaps(List<Long> moments) {
		return IntStream.range(1, moments.size())
			.mapToObj((index) -> moments.get(index) - moments.get(index - 1))
			.toList();
	}

}
