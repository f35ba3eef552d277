/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;

import dev.holdfast.inflight.RunningRequests;
import dev.holdfast.server.ServerKind;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * {@link TaskApplication} on a real server and a free port.
 */
final class TaskServer implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private static final String PLATFORM = "spring.threads.virtual.enabled=false";

	/** One thread, whatever the environment of the build says. */
	static final List<String> ONE_THREAD = List.of(PLATFORM, "spring.task.execution.pool.core-size=1");

	/** One thread and one place in the queue. */
	static final List<String> TINY = List.of(PLATFORM, "spring.task.execution.pool.core-size=1",
			"spring.task.execution.pool.max-size=1", "spring.task.execution.pool.queue-capacity=1");

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final ConfigurableApplicationContext context;

	private TaskServer(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static TaskServer start(ServerKind kind, List<String> first, String... arguments) {
		List<String> all = new ArrayList<>(first);
		all.addAll(Arrays.asList(arguments));
		all.add("server.port=0");
		all.add("server.shutdown=immediate");
		all.add("spring.main.banner-mode=off");
		all.add("logging.level.root=WARN");
		all.add("spring.autoconfigure.exclude=" + String.join(",", kind.exclusions(false)));
		return new TaskServer(new SpringApplicationBuilder(TaskApplication.class)
			.run(all.stream().map((argument) -> "--" + argument).toArray(String[]::new)));
	}

	TaskApplication.Gate gate() {
		return this.context.getBean(TaskApplication.Gate.class);
	}

	TaskCounts counts() {
		return this.context.getBean(TaskCounts.class);
	}

	RunningRequests running() {
		return this.context.getBean(RunningRequests.class);
	}

	ThreadPoolExecutor pool() {
		return this.context.getBean(ThreadPoolTaskExecutor.class).getThreadPoolExecutor();
	}

	private int port() {
		return Objects.requireNonNull(((WebServerApplicationContext) this.context).getWebServer()).getPort();
	}

	/**
	 * A client that asks and can leave.
	 * @param path path of the request
	 * @return its connection
	 * @throws IOException if there is none to be had
	 */
	Socket ask(String path) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
		String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
		socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	CompletableFuture<HttpResponse<String>> begin(String path) {
		URI uri = URI.create("http://127.0.0.1:" + port() + path);
		return this.client.sendAsync(HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	HttpResponse<String> get(String path) {
		return begin(path).join();
	}

	@Override
	public void close() {
		gate().opened.countDown();
		this.context.close();
	}

}
