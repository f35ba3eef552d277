/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the event stream promises on every server.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.server.port=0", "demo.upstream.port=0" })
abstract class AbstractEventsTests {

	private static final int LISTENERS = 100;

	private final HttpClient client = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private EventsController events;

	@Test
	void streamBeginsWithAHeartbeatAndEndsAfterItsCount() throws Exception {
		HttpResponse<String> response = this.client.send(request("?count=2").build(),
				HttpResponse.BodyHandlers.ofString());
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
		assertThat(response.body()).isEqualTo(":heartbeat\n\nid:1\ndata:1\n\nid:2\ndata:2\n\n");
		await().until(() -> this.events.open() == 0);
	}

	@Test
	void clientThatComesBackGoesOnWhereItWas() throws Exception {
		HttpRequest request = request("?count=1").header("Last-Event-ID", "41").build();
		assertThat(this.client.send(request, HttpResponse.BodyHandlers.ofString()).body())
			.contains("id:42\ndata:42\n\n");
	}

	@Test
	void manyListenWithoutAThreadEachAndLeaveNothingBehind() throws Exception {
		int threads = Thread.activeCount();
		List<InputStream> bodies = new ArrayList<>();
		while (bodies.size() < LISTENERS) {
			InputStream body = this.client.send(request("").build(), HttpResponse.BodyHandlers.ofInputStream()).body();
			assertThat(body.read()).isEqualTo(':');
			bodies.add(body);
		}
		assertThat(this.events.open()).isBetween(LISTENERS - 2, LISTENERS);
		assertThat(Thread.activeCount() - threads).isLessThan(LISTENERS / 2);
		for (InputStream body : bodies) {
			body.close();
		}
		await().until(() -> this.events.open() == 0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "?count=0", "?count=-1", "?count=1000001", "?count=all" })
	void impossibleCountIsTheCallersMistake(String query) throws Exception {
		HttpResponse<String> response = this.client.send(request(query).build(), HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(response.body()).contains("Parameter 'count' must be a whole number from 1 to 1000000");
	}

	private HttpRequest.Builder request(String query) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/demo/events" + query))
			.version(HttpClient.Version.HTTP_1_1);
	}

}
