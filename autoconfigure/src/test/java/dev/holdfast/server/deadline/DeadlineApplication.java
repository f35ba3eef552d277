/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import dev.holdfast.lifetime.EndReason;
import dev.holdfast.lifetime.Lifetime;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.client.RestClient;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * An application whose handlers take their time in every way that handlers do.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({ DeadlineApplication.Handlers.class, DeadlineApplication.CatchAll.class })
class DeadlineApplication {

	static final Duration LONG = Duration.ofSeconds(30);

	/**
	 * Makes an error of its own of everything.
	 */
	@RestControllerAdvice
	static class CatchAll {

		@ExceptionHandler(Throwable.class)
		@ResponseStatus(HttpStatus.INTERNAL_SERVER_ERROR)
		String caught(Throwable thrown) {
			return "caught " + thrown.getClass().getSimpleName();
		}

	}

	@RestController
	static class Handlers {

		private final CountDownLatch gate = new CountDownLatch(1);

		private final AtomicInteger atGate = new AtomicInteger();

		private final RestClient client;

		Handlers(RestClient.Builder builder) {
			this.client = builder.build();
		}

		int atGate() {
			return this.atGate.get();
		}

		void openGate() {
			this.gate.countDown();
		}

		@GetMapping("/hello")
		String hello() {
			return "hello";
		}

		// what leaks from one request to the next on a thread would show here
		@GetMapping("/fresh")
		String fresh() {
			Lifetime lifetime = Lifetime.current();
			return lifetime.endReason() + " " + Thread.interrupted() + " " + (lifetime.remaining().toMillis() > 0);
		}

		@GetMapping("/fresh-callable")
		Callable<String> freshCallable() {
			return this::fresh;
		}

		@GetMapping("/left")
		String left() {
			return Long.toString(Lifetime.current().remaining().toMillis());
		}

		@GetMapping({ "/wait", "/login", "/oauth2/authorization/acme", "/never" })
		String waits() throws InterruptedException {
			return waitForTheEnd(LONG);
		}

		@GetMapping("/wait-shortly")
		String waitsShortly(@RequestParam long ms) throws InterruptedException {
			return waitForTheEnd(Duration.ofMillis(ms));
		}

		@GetMapping("/outbound")
		String outbound(@RequestParam int port) {
			return String
				.valueOf(this.client.get().uri("http://127.0.0.1:" + port + "/").retrieve().body(String.class));
		}

		@RequestMapping(path = "/parked", method = { RequestMethod.GET, RequestMethod.POST })
		String parked() throws InterruptedException {
			this.atGate.incrementAndGet();
			this.gate.await();
			return "passed";
		}

		@GetMapping("/parked-callable")
		Callable<String> parkedCallable() {
			return this::parked;
		}

		@GetMapping("/chain")
		String chain(@RequestParam int port, @RequestParam int silent) {
			return String.valueOf(this.client.get()
				.uri("http://127.0.0.1:" + port + "/outbound?port=" + silent)
				.retrieve()
				.body(String.class));
		}

		@PostMapping({ "/work", "/work-all" })
		String work(@RequestParam long ms, @RequestBody(required = false) String body) throws InterruptedException {
			return waitForTheEnd(Duration.ofMillis(ms));
		}

		@PostMapping("/opted")
		String opted() throws InterruptedException {
			Lifetime.current().cancellable();
			return waitForTheEnd(LONG);
		}

		@GetMapping("/stream")
		@SuppressWarnings("try")
		void stream(@RequestParam long ms, HttpServletResponse response) throws IOException {
			OutputStream out = response.getOutputStream();
			Lifetime.Registration registration = Lifetime.current().onEnd((reason) -> this.atGate.set(-1));
			try {
				for (int i = 0; i < 10; i++) {
					out.write("piece ".getBytes(StandardCharsets.US_ASCII));
					out.flush();
					nap(ms / 10);
					Lifetime.current().throwIfEnded();
				}
			}
			finally {
				registration.close();
			}
			out.write("done".getBytes(StandardCharsets.US_ASCII));
		}

		@PostMapping({ "/upload", "/upload-all" })
		String upload(InputStream body) throws IOException {
			long read = body.transferTo(OutputStream.nullOutputStream());
			return read + " " + Lifetime.current().endReason() + " " + Lifetime.current().remaining().toMillis();
		}

		@PostMapping("/upload-all-text")
		String uploadText(HttpServletRequest request) throws IOException {
			try (BufferedReader reader = request.getReader()) {
				long read = reader.lines().mapToLong(String::length).sum();
				return read + " " + Lifetime.current().endReason() + " " + Lifetime.current().remaining().toMillis();
			}
		}

		@PostMapping("/upload-all-form")
		String uploadForm(@RequestParam String text) {
			return text.length() + " " + Lifetime.current().endReason() + " "
					+ Lifetime.current().remaining().toMillis();
		}

		@PostMapping("/upload-all-unread")
		String unread() throws InterruptedException {
			return waitForTheEnd(LONG);
		}

		@GetMapping("/deferred")
		DeferredResult<String> deferred() {
			return new DeferredResult<>(LONG.toMillis());
		}

		@GetMapping("/callable")
		Callable<String> callable(@RequestParam long ms) {
			return () -> {
				nap(ms);
				return "called";
			};
		}

		@GetMapping("/events")
		SseEmitter events(@RequestParam long ms) {
			SseEmitter emitter = new SseEmitter(LONG.toMillis());
			Thread sender = new Thread(() -> {
				nap(ms);
				try {
					emitter.send("first");
					emitter.complete();
				}
				catch (IOException ex) {
					emitter.completeWithError(ex);
				}
				catch (IllegalStateException ex) {
					// whoever asked has left meanwhile
				}
			});
			sender.setDaemon(true);
			sender.start();
			return emitter;
		}

		@GetMapping("/raw-async")
		void rawAsync(@RequestParam long ms, HttpServletRequest request) {
			var async = request.startAsync();
			async.setTimeout(LONG.toMillis());
			Thread writer = new Thread(() -> {
				nap(ms);
				try {
					async.getResponse().getWriter().write("raw");
				}
				catch (IOException ex) {
					throw new IllegalStateException(ex);
				}
				async.complete();
			});
			writer.setDaemon(true);
			writer.start();
		}

		@SuppressWarnings("try")
		private static String waitForTheEnd(Duration patience) throws InterruptedException {
			CountDownLatch ended = new CountDownLatch(1);
			Lifetime.Registration registration = Lifetime.current().onEnd((reason) -> ended.countDown());
			try {
				if (ended.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
					EndReason reason = Lifetime.current().endReason();
					throw new IllegalStateException("something else fails because of " + reason);
				}
			}
			finally {
				registration.close();
			}
			return "done";
		}

		static void nap(long ms) {
			long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
			for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
				LockSupport.parkNanos(left);
			}
		}

	}

}
