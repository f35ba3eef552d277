/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import dev.holdfast.inflight.RunningRequests;
import dev.holdfast.lifetime.DrainStarted;
import dev.holdfast.server.ServerKind;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * A real application on a real server that is told that its process is ending.
 */
final class DrainingApplication implements AutoCloseable {

	/** Set where only the context is to close. */
	static final String PROCESS_GOES_ON = "test.process-goes-on";

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final ConfigurableApplicationContext context;

	private final Routes.Gate gate;

	private DrainingApplication(ConfigurableApplicationContext context) {
		this.context = context;
		this.gate = context.getBean(Routes.Gate.class);
	}

	static DrainingApplication start(ServerKind kind, String... arguments) {
		List<String> all = new ArrayList<>(List.of("server.port=0", "spring.main.banner-mode=off",
				"logging.level.root=WARN", "logging.level.dev.holdfast.shutdown=INFO",
				"spring.autoconfigure.exclude=" + String.join(",", kind.exclusions(false))));
		all.addAll(Arrays.asList(arguments));
		return new DrainingApplication(new SpringApplicationBuilder(Routes.class)
			.run(all.stream().map((argument) -> "--" + argument).toArray(String[]::new)));
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	int port() {
		var server = ((WebServerApplicationContext) this.context).getWebServer();
		return (server != null) ? server.getPort() : -1;
	}

	int managementPort() {
		return Integer.parseInt(this.context.getEnvironment().getRequiredProperty("local.management.port"));
	}

	HttpResponse<String> get(String path) {
		return begin(path).join();
	}

	CompletableFuture<HttpResponse<String>> begin(String path) {
		return send("GET", port(), path);
	}

	CompletableFuture<HttpResponse<String>> send(String method, int port, String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
			.timeout(PATIENCE)
			.method(method, HttpRequest.BodyPublishers.noBody());
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	/**
	 * Sends a body of unknown length, a part each 1.2 s.
	 */
	CompletableFuture<HttpResponse<String>> upload(int parts) {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/upload"))
			.timeout(PATIENCE)
			.POST(HttpRequest.BodyPublishers.ofInputStream(() -> new SlowParts(parts)))
			.build();
		return this.client.sendAsync(request, HttpResponse.BodyHandlers.ofString());
	}

	int inFlight() {
		return bean(RunningRequests.class).size();
	}

	/**
	 * Closes as the process would, on another thread.
	 * @return when it has closed
	 */
	CompletableFuture<Void> closeInBackground() {
		CompletableFuture<Void> closed = new CompletableFuture<>();
		new Thread(() -> {
			this.context.close();
			closed.complete(null);
		}, "closing").start();
		return closed;
	}

	void open() {
		this.gate.open();
	}

	/**
	 * How many requests wait.
	 * @return those that have begun to
	 */
	int entered() {
		return this.gate.entered();
	}

	@Override
	public void close() {
		this.gate.open();
		this.context.close();
	}

	/**
	 * A body that takes its time.
	 */
	private static final class SlowParts extends InputStream {

		private int left;

		SlowParts(int parts) {
			this.left = parts;
		}

		@Override
		public int read() {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1200));
			return (this.left-- > 0) ? 'x' : -1;
		}

		@Override
		public int read(byte[] target, int offset, int length) {
			int next = read();
			if (next < 0) {
				return -1;
			}
			target[offset] = (byte) next;
			return 1;
		}

	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	@Import({ Work.class, CatchAll.class })
	static class Routes {

		@Bean
		JvmShutdown jvmShutdown(Environment environment) {
			return () -> !environment.containsProperty(PROCESS_GOES_ON);
		}

		@Bean
		Gate gate() {
			return new Gate();
		}

		@Bean
		Heard heard() {
			return new Heard();
		}

		/**
		 * What stubborn requests wait for.
		 */
		static final class Gate {

			private final CountDownLatch opened = new CountDownLatch(1);

			private final AtomicInteger entered = new AtomicInteger();

			/**
			 * How many requests have begun to wait, or for a result that never comes.
			 */
			int entered() {
				return this.entered.get();
			}

			void open() {
				this.opened.countDown();
			}

			boolean isOpen() {
				return this.opened.getCount() == 0;
			}

		}

	}

	/**
	 * What listeners have heard, in order.
	 */
	static class Heard {

		private final List<String> events = new CopyOnWriteArrayList<>();

		@EventListener
		void drainStarted(DrainStarted event) {
			this.events.add("drain started " + event.window());
		}

		@EventListener
		void closed(ContextClosedEvent event) {
			this.events.add("context closed");
		}

		List<String> events() {
			return this.events;
		}

	}

	@RestController
	static class Work {

		private final Routes.Gate gate;

		private final AsyncTaskExecutor executor;

		Work(Routes.Gate gate, AsyncTaskExecutor executor) {
			this.gate = gate;
			this.executor = executor;
		}

		@GetMapping("/hello")
		String hello() {
			return "hello";
		}

		@GetMapping("/sleep")
		String sleep(@RequestParam long ms) throws InterruptedException {
			this.gate.entered.incrementAndGet();
			this.gate.opened.await(ms, TimeUnit.MILLISECONDS);
			return "slept";
		}

		@GetMapping("/written")
		void written(HttpServletResponse response) throws IOException, InterruptedException {
			response.getWriter().write("half of it");
			sleep(60_000);
		}

		@GetMapping("/stubborn")
		String stubborn() {
			this.gate.entered.incrementAndGet();
			while (!this.gate.isOpen()) {
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
				Thread.interrupted();
			}
			return "done";
		}

		@GetMapping("/task")
		String task() throws Exception {
			return this.executor.submit(() -> "worked").get();
		}

		@GetMapping("/callable")
		Callable<String> callable(@RequestParam long ms) {
			return () -> sleep(ms);
		}

		@GetMapping("/download")
		StreamingResponseBody download() {
			return (body) -> {
				for (int i = 0; i < 10; i++) {
					body.write("part\n".getBytes(StandardCharsets.US_ASCII));
					body.flush();
					LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
				}
			};
		}

		@PostMapping("/upload")
		int upload(InputStream body) throws IOException {
			return body.readAllBytes().length;
		}

		@GetMapping("/deferred")
		DeferredResult<String> deferred() {
			this.gate.entered.incrementAndGet();
			return new DeferredResult<>(60_000L);
		}

	}

	/**
	 * Makes an error of its own of everything, as many applications do.
	 */
	@RestControllerAdvice
	static class CatchAll {

		@ExceptionHandler
		ResponseEntity<String> anything(Exception failure) {
			return ResponseEntity.internalServerError().body("caught " + failure.getClass().getSimpleName());
		}

	}

}
