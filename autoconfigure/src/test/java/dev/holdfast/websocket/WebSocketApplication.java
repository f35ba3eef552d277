/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.websocket;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import dev.holdfast.inflight.ServerConnections;
import dev.holdfast.server.ServerKind;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.messaging.simp.config.MessageBrokerRegistry;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.EnableWebSocketMessageBroker;
import org.springframework.web.socket.config.annotation.StompEndpointRegistry;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.config.annotation.WebSocketMessageBrokerConfigurer;
import org.springframework.web.socket.handler.TextWebSocketHandler;
import org.springframework.web.socket.server.HandshakeHandler;
import org.springframework.web.socket.server.standard.StandardWebSocketUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/**
 * A real application on a real server, with everything that Spring makes of WebSockets.
 */
final class WebSocketApplication implements AutoCloseable {

	private static final String JAKARTA = "test.jakarta";

	private final ConfigurableApplicationContext context;

	private WebSocketApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static WebSocketApplication start(Server server, String... arguments) {
		List<String> all = new ArrayList<>(List.of("server.port=0", "spring.main.banner-mode=off",
				"logging.level.root=WARN", JAKARTA + "=" + (server != Server.JETTY),
				"spring.autoconfigure.exclude=" + String.join(",", server.kind.exclusions(false))));
		all.addAll(Arrays.asList(arguments));
		return new WebSocketApplication(new SpringApplicationBuilder(Endpoints.class)
			.run(all.stream().map((argument) -> "--" + argument).toArray(String[]::new)));
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	int port() {
		return Objects.requireNonNull(((WebServerApplicationContext) this.context).getWebServer()).getPort();
	}

	List<ServerConnections> servers() {
		return List.copyOf(this.context.getBeansOfType(ServerConnections.class).values());
	}

	int connections() {
		return servers().stream().mapToInt(ServerConnections::open).sum();
	}

	int sessions() {
		return bean(OpenSessions.class).count();
	}

	@Override
	public void close() {
		this.context.close();
	}

	/**
	 * Where sessions come from. On Jetty Spring uses Jetty's own API by default.
	 */
	enum Server {

		TOMCAT(ServerKind.TOMCAT), JETTY(ServerKind.JETTY), JETTY_BY_JAKARTA(ServerKind.JETTY);

		private final ServerKind kind;

		Server(ServerKind kind) {
			this.kind = kind;
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import({ Plain.class, Broker.class, Hello.class })
	static class Endpoints {

		// both servers are on the class path, and Spring takes it for Jetty then
		@Bean
		HandshakeHandler handshakeHandler(Environment environment) {
			return environment.getRequiredProperty(JAKARTA, Boolean.class)
					? new DefaultHandshakeHandler(new StandardWebSocketUpgradeStrategy())
					: new DefaultHandshakeHandler();
		}

		@Bean
		Echo echo() {
			return new Echo();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocket
	static class Plain implements WebSocketConfigurer {

		private final Echo echo;

		private final HandshakeHandler handshakeHandler;

		Plain(Echo echo, HandshakeHandler handshakeHandler) {
			this.echo = echo;
			this.handshakeHandler = handshakeHandler;
		}

		@Override
		public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
			registry.addHandler(this.echo, "/echo").setHandshakeHandler(this.handshakeHandler);
			registry.addHandler(this.echo, "/sockjs").setHandshakeHandler(this.handshakeHandler).withSockJS();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSocketMessageBroker
	static class Broker implements WebSocketMessageBrokerConfigurer {

		private final HandshakeHandler handshakeHandler;

		Broker(HandshakeHandler handshakeHandler) {
			this.handshakeHandler = handshakeHandler;
		}

		@Override
		public void registerStompEndpoints(StompEndpointRegistry registry) {
			registry.addEndpoint("/stomp").setHandshakeHandler(this.handshakeHandler);
		}

		@Override
		public void configureMessageBroker(MessageBrokerRegistry registry) {
			registry.enableSimpleBroker("/topic");
		}

	}

	@RestController
	static class Hello {

		@GetMapping("/hello")
		String hello() {
			return "hello";
		}

	}

	/**
	 * Repeats what it hears, and on request sends more than a peer can take.
	 */
	static final class Echo extends TextWebSocketHandler {

		static final String FLOOD = "flood";

		/** More than all buffers between two sockets hold. */
		private static final int FLOOD_MESSAGES = 200;

		private final AtomicInteger closed = new AtomicInteger();

		private final AtomicInteger floods = new AtomicInteger();

		private final AtomicLong sentNanos = new AtomicLong();

		@Override
		protected void handleTextMessage(WebSocketSession session, TextMessage message) throws IOException {
			if (message.getPayload().equals(FLOOD)) {
				Thread flood = new Thread(() -> flood(session), "test-flood");
				flood.setDaemon(true);
				flood.start();
			}
			else {
				session.sendMessage(message);
			}
		}

		private void flood(WebSocketSession session) {
			this.floods.incrementAndGet();
			BinaryMessage message = new BinaryMessage(new byte[64 * 1024]);
			try {
				// on Tomcat it gets stuck, on Jetty what cannot be sent is queued
				for (int i = 0; i < FLOOD_MESSAGES && session.isOpen(); i++) {
					session.sendMessage(message);
					this.sentNanos.set(System.nanoTime());
				}
			}
			catch (IOException | IllegalStateException ex) {
				// it is meant to come to this
			}
		}

		@Override
		public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
			this.closed.incrementAndGet();
		}

		/**
		 * How many sessions the handler has been told to be closed.
		 */
		int closed() {
			return this.closed.get();
		}

		/**
		 * How many floods were begun.
		 */
		int floods() {
			return this.floods.get();
		}

		/**
		 * For how long no flood has got anything through.
		 */
		Duration stuckFor() {
			return Duration.ofNanos(System.nanoTime() - this.sentNanos.get());
		}

	}

}
