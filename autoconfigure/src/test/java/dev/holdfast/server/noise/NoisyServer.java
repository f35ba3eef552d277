/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.noise;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.holdfast.server.ServerKind;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application on a real server, its log, and clients that leave.
 */
final class NoisyServer extends AppenderBase<ILoggingEvent> implements AutoCloseable {

	private final ConfigurableApplicationContext application;

	private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);

	private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

	NoisyServer(ServerKind kind, String... arguments) {
		List<String> all = new ArrayList<>(Arrays.asList(arguments));
		all.add("server.port=0");
		// who leaves a request that runs for long is not counted here, but there
		all.add("holdfast.disconnect.mode=off");
		all.add("server.shutdown=immediate");
		all.add("spring.main.banner-mode=off");
		all.add("logging.level.root=WARN");
		all.add("server.tomcat.max-swallow-size=-1");
		all.add("spring.autoconfigure.exclude=" + String.join(",", kind.exclusions(false)));
		this.application = new SpringApplicationBuilder(NoisyApplication.class)
			.run(all.stream().map((argument) -> "--" + argument).toArray(String[]::new));
		start();
		this.root.addAppender(this);
	}

	@Override
	protected void append(ILoggingEvent event) {
		if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
			this.events.add(event);
		}
	}

	/**
	 * Warnings and errors.
	 * @return level, logger and text of each
	 */
	List<String> log() {
		return this.events.stream()
			.map((event) -> event.getLevel() + " " + event.getLoggerName() + ": " + event.getFormattedMessage()
					+ ((event.getThrowableProxy() != null) ? " [" + event.getThrowableProxy().getClassName() + "]"
							: ""))
			.toList();
	}

	<T> T bean(Class<T> type) {
		return this.application.getBean(type);
	}

	/**
	 * Asks, takes a little of the answer and leaves with a reset.
	 * @param path path of the request
	 */
	void readAndLeave(String path) throws IOException {
		try (Socket socket = open("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
			if (socket.getInputStream().readNBytes(1000).length < 1000) {
				throw new IllegalStateException("No answer from " + path);
			}
			socket.setSoLinger(true, 0);
		}
	}

	/**
	 * Sends half of a body and leaves.
	 * @param path path of the request
	 * @param reset whether with a reset
	 */
	void uploadAndLeave(String path, boolean reset) throws IOException {
		NoisyApplication.Uploads uploads = bean(NoisyApplication.Uploads.class);
		try (Socket socket = half(path)) {
			// what is reset before it is read is no noise
			Awaitility.await().until(uploads::isWaitedFor);
			if (reset) {
				socket.setSoLinger(true, 0);
			}
		}
		Awaitility.await().until(uploads::isNone);
	}

	/**
	 * Sends half of a body and listens.
	 * @param path path of the request
	 * @return the answer
	 */
	String uploadHalfAndListen(String path) throws IOException {
		try (Socket socket = half(path)) {
			socket.shutdownOutput();
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
		}
	}

	private Socket half(String path) throws IOException {
		return open("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\n"
				+ "Content-Length: 100000\r\n\r\n" + "x".repeat(50_000));
	}

	String get(String path) throws IOException {
		try (Socket socket = open("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
			InputStream in = socket.getInputStream();
			return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
		}
	}

	private Socket open(String request) throws IOException {
		int port = Objects.requireNonNull(((WebServerApplicationContext) this.application).getWebServer()).getPort();
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
		socket.setSoTimeout(20_000);
		socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
		return socket;
	}

	@Override
	public void close() {
		this.root.detachAppender(this);
		this.application.close();
	}

}
