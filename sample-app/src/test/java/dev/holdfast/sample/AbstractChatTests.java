/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import dev.holdfast.lifetime.DrainStarted;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the chat promises on every server.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.server.port=0", "demo.upstream.port=0" })
abstract class AbstractChatTests {

	private static final int PATIENCE_SECONDS = 20;

	private final HttpClient client = HttpClient.newHttpClient();

	private final List<Listener> listeners = new ArrayList<>();

	@LocalServerPort
	private int port;

	@Autowired
	private ChatHandler chat;

	@Autowired
	private ApplicationContext context;

	@AfterEach
	void leave() {
		this.listeners.forEach(Listener::leave);
		await().until(() -> this.chat.open() == 0);
	}

	@Test
	void everybodyHearsEverybody() throws InterruptedException {
		Listener one = join();
		Listener other = join();
		await().until(() -> this.chat.open() == 2);
		one.say("hello");
		assertThat(one.hear()).isEqualTo("hello");
		assertThat(other.hear()).isEqualTo("hello");
		one.leave();
		await().until(() -> this.chat.open() == 1);
		other.say("alone");
		assertThat(other.hear()).isEqualTo("alone");
	}

	@Test
	@Tag("E5")
	void drainSendsEverybodyAway() throws InterruptedException {
		List<Listener> present = List.of(join(), join(), join());
		await().until(() -> this.chat.open() == 3);
		this.context.publishEvent(new DrainStarted(Duration.ofSeconds(1)));
		assertThat(present).allMatch((listener) -> listener.status() == 1001);
		AvailabilityChangeEvent.publish(this.context, ReadinessState.ACCEPTING_TRAFFIC);
		Listener back = join();
		back.say("hello");
		assertThat(back.hear()).isEqualTo("hello");
	}

	private Listener join() {
		Listener listener = new Listener();
		listener.socket = this.client.newWebSocketBuilder()
			.buildAsync(URI.create("ws://127.0.0.1:" + this.port + "/demo/chat"), listener)
			.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
			.join();
		this.listeners.add(listener);
		return listener;
	}

	private static final class Listener implements WebSocket.Listener {

		private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

		private final CompletableFuture<Integer> status = new CompletableFuture<>();

		@SuppressWarnings("NullAway.Init")
		private WebSocket socket;

		void say(String text) {
			this.socket.sendText(text, true).join();
		}

		String hear() throws InterruptedException {
			String text = this.heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
			return (text != null) ? text : "nothing";
		}

		int status() {
			return this.status.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
		}

		void leave() {
			this.socket.abort();
		}

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.heard.add(data.toString());
			webSocket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
			this.status.complete(statusCode);
			return null;
		}

		@Override
		public void onError(WebSocket webSocket, Throwable error) {
			this.status.completeExceptionally(error);
		}

	}

}
