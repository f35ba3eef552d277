/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.OwnedLifetime;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskRejectedException;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * An application that hands work to other threads in every way that Spring MVC has.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@EnableAsync
@Import({ TaskApplication.Tasks.class, TaskApplication.Handled.class, TaskApplication.Background.class,
		TaskApplication.Dispatches.class })
class TaskApplication {

	@Bean
	Gate gate() {
		return new Gate();
	}

	static String relation(Lifetime ofRequest) {
		Lifetime found = Lifetime.current();
		return (found == ofRequest) ? "same" : (found instanceof OwnedLifetime) ? "another" : "none";
	}

	/**
	 * What blocked tasks wait for, and what became of background work.
	 */
	static final class Gate {

		final CountDownLatch opened = new CountDownLatch(1);

		final List<String> mails = new CopyOnWriteArrayList<>();

		final AtomicInteger worked = new AtomicInteger();

		final List<String> dispatches = new CopyOnWriteArrayList<>();

	}

	@RestController
	static class Tasks {

		private final Gate gate;

		private final AsyncTaskExecutor executor;

		private final Background background;

		Tasks(Gate gate, AsyncTaskExecutor executor, Background background) {
			this.gate = gate;
			this.executor = executor;
			this.background = background;
		}

		@GetMapping("/callable")
		Callable<String> callable() {
			Lifetime lifetime = Lifetime.current();
			return () -> relation(lifetime);
		}

		@GetMapping("/failing")
		Callable<String> failing() {
			return () -> {
				throw new ResponseStatusException(HttpStatus.CONFLICT);
			};
		}

		@GetMapping("/blocked")
		Callable<String> blocked() {
			return () -> {
				this.gate.opened.await();
				return "done";
			};
		}

		@GetMapping("/work")
		Callable<String> work() {
			return () -> Integer.toString(this.gate.worked.incrementAndGet());
		}

		@GetMapping("/web-async")
		WebAsyncTask<String> webAsync() {
			Lifetime lifetime = Lifetime.current();
			return new WebAsyncTask<>(20_000L, new SimpleAsyncTaskExecutor("own-"), () -> relation(lifetime));
		}

		@GetMapping("/stream")
		StreamingResponseBody stream() {
			Lifetime lifetime = Lifetime.current();
			return (output) -> output.write(relation(lifetime).getBytes(StandardCharsets.UTF_8));
		}

		@GetMapping("/future")
		CompletableFuture<String> future() {
			return CompletableFuture.supplyAsync(() -> "done");
		}

		@GetMapping("/worker")
		String worker() throws ExecutionException, InterruptedException {
			Lifetime lifetime = Lifetime.current();
			return this.executor.submit(() -> relation(lifetime)).get();
		}

		@GetMapping("/mail")
		String mail() {
			this.background.mail();
			return "accepted";
		}

		@GetMapping("/computed")
		CompletableFuture<String> computed() {
			return this.background.compute(Lifetime.current());
		}

	}

	@RestController
	static class Handled {

		private final Background background;

		Handled(Background background) {
			this.background = background;
		}

		@GetMapping("/handled")
		String handled() {
			this.background.mail();
			return "accepted";
		}

		@ExceptionHandler
		@ResponseStatus(HttpStatus.TOO_MANY_REQUESTS)
		String refused(TaskRejectedException ex) {
			return "later";
		}

	}

	static class Background {

		private final Gate gate;

		Background(Gate gate) {
			this.gate = gate;
		}

		@Async
		void mail() {
			try {
				this.gate.opened.await();
				Lifetime.current().throwIfEnded();
				this.gate.mails.add("sent");
			}
			catch (InterruptedException ex) {
				this.gate.mails.add("interrupted");
			}
		}

		@Async
		CompletableFuture<String> compute(Lifetime lifetime) {
			return CompletableFuture.completedFuture(relation(lifetime));
		}

	}

	/**
	 * Notes under which lifetime the second dispatch of a request runs.
	 */
	static class Dispatches implements HandlerInterceptor, WebMvcConfigurer {

		private static final String FIRST = "first";

		private final Gate gate;

		Dispatches(Gate gate) {
			this.gate = gate;
		}

		@Override
		public void addInterceptors(InterceptorRegistry registry) {
			registry.addInterceptor(this);
		}

		@Override
		public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
			if (request.getAttribute(FIRST) instanceof Lifetime first) {
				this.gate.dispatches.add(relation(first));
			}
			else {
				request.setAttribute(FIRST, Lifetime.current());
			}
			return true;
		}

	}

}
