/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

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

import dev.holdfast.concurrency.Limiter;
import dev.holdfast.inflight.RunningRequests;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A real application on a real server and a free port.
 */
public final class RunningApplication implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(PATIENCE)
		.build();

	private final ConfigurableApplicationContext context;

	private final List<CompletableFuture<?>> begun = new ArrayList<>();

	private RunningApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static RunningApplication start(ServerKind kind, String... arguments) {
		return start(kind, TestApplication.class, false, arguments);
	}

	public static RunningApplication start(ServerKind kind, Class<?> application, boolean secured,
			String... arguments) {
		List<String> all = new ArrayList<>(Arrays.asList(arguments));
		all.add("server.port=0");
		all.add("server.shutdown=immediate");
		all.add("spring.main.banner-mode=off");
		all.add("logging.level.root=WARN");
		all.add("spring.autoconfigure.exclude=" + String.join(",", kind.exclusions(secured)));
		return new RunningApplication(new SpringApplicationBuilder(application)
			.run(all.stream().map((argument) -> "--" + argument).toArray(String[]::new)));
	}

	public ConfigurableApplicationContext context() {
		return this.context;
	}

	TestApplication.Gate gate() {
		return this.context.getBean(TestApplication.Gate.class);
	}

	Limiter limiter() {
		return this.context.getBean(ServerLimiters.class).server();
	}

	Limiter excludedLimiter() {
		return this.context.getBean(ServerLimiters.class).excluded();
	}

	public RunningRequests running() {
		return this.context.getBean(RunningRequests.class);
	}

	public int port() {
		return Objects.requireNonNull(((WebServerApplicationContext) this.context).getWebServer()).getPort();
	}

	public URI uri(String path) {
		return URI.create("http://127.0.0.1:" + port() + path);
	}

	public HttpResponse<String> get(String path) {
		return getAsync(path).join();
	}

	public CompletableFuture<HttpResponse<String>> getAsync(String path) {
		return send(HttpRequest.newBuilder(uri(path)).timeout(PATIENCE).build());
	}

	/**
	 * Begins a request whose answer does not matter.
	 * @param path path of the request
	 */
	void begin(String path) {
		this.begun.add(getAsync(path));
	}

	public CompletableFuture<HttpResponse<String>> send(HttpRequest request) {
		return this.client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
	}

	HttpResponse<String> postJson(String path, String body) {
		return send(HttpRequest.newBuilder(uri(path))
			.timeout(PATIENCE)
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build()).join();
	}

	/**
	 * Sends bytes as they are and reads until the server closes or nothing more comes.
	 * @param request bytes of the request
	 * @return what came back
	 * @throws IOException if the connection fails
	 */
	public String raw(String request) throws IOException {
		try (Socket socket = open(request)) {
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	public Socket open(String request) throws IOException {
		Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
		socket.setSoTimeout((int) PATIENCE.toMillis());
		socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
		socket.getOutputStream().flush();
		return socket;
	}

	@Override
	public void close() {
		this.context.getBeanProvider(TestApplication.Gate.class).ifAvailable(TestApplication.Gate::open);
		this.context.close();
	}

}
