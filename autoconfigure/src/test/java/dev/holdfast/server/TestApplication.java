/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import dev.holdfast.lifetime.Lifetime;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * An application whose requests end in every way that requests end in.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(TestApplication.Endings.class)
class TestApplication {

	@Bean
	Gate gate() {
		return new Gate();
	}

	@Bean(destroyMethod = "shutdownNow")
	ExecutorService completions() {
		return Executors.newSingleThreadExecutor();
	}

	/**
	 * What blocked requests wait for.
	 */
	static final class Gate {

		private final CountDownLatch opened = new CountDownLatch(1);

		private final AtomicInteger waiting = new AtomicInteger();

		void pass() throws InterruptedException {
			this.waiting.incrementAndGet();
			this.opened.await();
		}

		int waiting() {
			return this.waiting.get();
		}

		void open() {
			this.opened.countDown();
		}

	}

	@Controller
	static class Endings {

		private final Gate gate;

		private final ExecutorService completions;

		private final Semaphore pool = new Semaphore(4, true);

		Endings(Gate gate, ExecutorService completions) {
			this.gate = gate;
			this.completions = completions;
		}

		@GetMapping("/hello")
		@ResponseBody
		String hello() {
			return "hello";
		}

		@GetMapping({ "/block", "/block/{name}" })
		@ResponseBody
		String block(@PathVariable(required = false) String name) throws InterruptedException {
			this.gate.pass();
			return "passed";
		}

		@GetMapping("/block-callable")
		@ResponseBody
		Callable<String> blockCallable() {
			return () -> {
				this.gate.pass();
				return "passed";
			};
		}

		@GetMapping("/nap")
		@ResponseBody
		String nap(@RequestParam long ms) {
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(ms));
			return "awake";
		}

		@GetMapping("/burn")
		@ResponseBody
		String burn(@RequestParam long ms) {
			long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ms);
			while (System.nanoTime() - end < 0) {
				Thread.onSpinWait();
			}
			return "burnt";
		}

		@GetMapping("/pooled")
		@ResponseBody
		String pooled(@RequestParam long ms) throws InterruptedException {
			this.pool.acquire();
			try {
				return nap(ms);
			}
			finally {
				this.pool.release();
			}
		}

		@PostMapping("/upload")
		@ResponseBody
		String upload(InputStream body) throws IOException {
			return Integer.toString(body.readAllBytes().length);
		}

		@GetMapping("/exception")
		void exception() {
			throw new IllegalStateException("planted");
		}

		@GetMapping("/error-thrown")
		void errorThrown() {
			throw new AssertionError("planted");
		}

		@GetMapping("/send-error")
		void sendError(HttpServletResponse response) throws IOException {
			response.sendError(418);
		}

		@GetMapping("/forward")
		String forward() {
			return "forward:/hello";
		}

		@GetMapping("/include")
		void include(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
			request.getRequestDispatcher("/hello").include(request, response);
		}

		@GetMapping("/async")
		@ResponseBody
		DeferredResult<String> async(@RequestParam(defaultValue = "20") long ms) {
			DeferredResult<String> result = new DeferredResult<>(20_000L);
			CompletableFuture.delayedExecutor(ms, TimeUnit.MILLISECONDS, this.completions)
				.execute(() -> result.setResult("done"));
			return result;
		}

		@GetMapping("/async-at-once")
		@ResponseBody
		DeferredResult<String> asyncAtOnce() {
			DeferredResult<String> result = new DeferredResult<>();
			result.setResult("done");
			return result;
		}

		@GetMapping("/async-timeout")
		@ResponseBody
		DeferredResult<String> asyncTimeout() {
			// Jetty 12.1.10 notes the timer after it has started it: if that takes as
			// long as
			// the timeout, the timeout never comes
			return new DeferredResult<>(300L);
		}

		@GetMapping("/async-error")
		@ResponseBody
		DeferredResult<String> asyncError() {
			DeferredResult<String> result = new DeferredResult<>();
			this.completions.execute(() -> result.setErrorResult(new IllegalStateException("planted")));
			return result;
		}

		@GetMapping("/callable-error")
		@ResponseBody
		Callable<String> callableError() {
			return () -> {
				throw new AssertionError("planted");
			};
		}

		@GetMapping("/raw-async")
		@ResponseBody
		void rawAsync(HttpServletRequest request) {
			var async = request.startAsync();
			async.setTimeout(2_000);
			this.completions.execute(async::complete);
		}

		@GetMapping("/raw-dispatch")
		@ResponseBody
		void rawDispatch(HttpServletRequest request) {
			if (request.getAttribute("dispatched") == null) {
				request.setAttribute("dispatched", true);
				this.completions.execute(request.startAsync()::dispatch);
			}
			else {
				var second = request.startAsync();
				this.completions.execute(second::complete);
			}
		}

		@GetMapping("/error-after-start-async")
		void errorAfterStartAsync(HttpServletRequest request) {
			request.startAsync();
			throw new AssertionError("planted");
		}

		@GetMapping("/events")
		SseEmitter events(@RequestParam(defaultValue = "0") int more) throws IOException {
			SseEmitter emitter = new SseEmitter(20_000L);
			emitter.send("first");
			if (more > 0) {
				this.completions.execute(() -> stream(emitter, more));
			}
			return emitter;
		}

		private static void stream(SseEmitter emitter, int more) {
			try {
				for (int i = 1; i <= more; i++) {
					emitter.send("another " + i);
				}
				emitter.complete();
			}
			catch (IOException | IllegalStateException ex) {
				emitter.completeWithError(ex);
			}
		}

		@GetMapping("/thread")
		@ResponseBody
		String thread() {
			return Thread.currentThread().toString();
		}

		@GetMapping("/lifetime")
		@ResponseBody
		String lifetime() {
			return Lifetime.current().getClass().getSimpleName();
		}

	}

}
