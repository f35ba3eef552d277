/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.noise;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.View;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * An application that answers more than a socket's buffers hold, in every way in which
 * applications answer.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({ NoisyApplication.Answers.class, NoisyApplication.CatchAll.class, NoisyApplication.Uploads.class })
class NoisyApplication {

	static final int SIZE = 24 << 20;

	private static final byte[] PIECE = new byte[64 << 10];

	@Bean
	ServletRegistrationBean<HttpServlet> plainServlet() {
		return new ServletRegistrationBean<>(new PlainServlet(), "/servlet/*");
	}

	private static void write(OutputStream out) throws IOException {
		for (int written = 0; written < SIZE; written += PIECE.length) {
			out.write(PIECE);
		}
		out.flush();
	}

	@RestController
	static class Answers {

		@GetMapping("/hello")
		String hello() {
			return "hello";
		}

		@GetMapping("/bytes")
		byte[] bytes() {
			return new byte[SIZE];
		}

		@GetMapping("/json")
		List<Map<String, String>> json() {
			return java.util.Collections.nCopies(SIZE / 1000, Map.of("text", "x".repeat(1000)));
		}

		@GetMapping("/resource")
		Resource resource() {
			return new ByteArrayResource(new byte[SIZE]);
		}

		@GetMapping("/response")
		void response(HttpServletResponse response) throws IOException {
			write(response.getOutputStream());
		}

		@GetMapping("/wrapped")
		void wrapped(HttpServletResponse response) {
			try {
				write(response.getOutputStream());
			}
			catch (IOException ex) {
				throw new IllegalStateException("could not be exported", ex);
			}
		}

		@GetMapping("/view")
		ModelAndView view() {
			View view = (model, request, response) -> write(response.getOutputStream());
			return new ModelAndView(view);
		}

		@GetMapping("/template")
		ModelAndView template() {
			View view = (model, request, response) -> wrapped(response);
			return new ModelAndView(view);
		}

		@GetMapping("/streaming")
		StreamingResponseBody streaming() {
			return NoisyApplication::write;
		}

		@GetMapping("/streaming-wrapped")
		StreamingResponseBody streamingWrapped() {
			return (out) -> {
				try {
					write(out);
				}
				catch (IOException ex) {
					throw new IllegalStateException("could not be exported", ex);
				}
			};
		}

		@GetMapping("/deferred")
		DeferredResult<byte[]> deferred() {
			DeferredResult<byte[]> result = new DeferredResult<>();
			CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> result.setResult(new byte[SIZE]));
			return result;
		}

		@GetMapping("/emitter")
		SseEmitter emitter() {
			SseEmitter emitter = new SseEmitter();
			CompletableFuture<Void> unused = CompletableFuture.runAsync(() -> {
				try {
					for (int sent = 0; sent < SIZE; sent += 10_000) {
						emitter.send("x".repeat(10_000));
					}
					emitter.complete();
				}
				catch (IOException ex) {
					emitter.completeWithError(ex);
				}
			});
			return emitter;
		}

		@GetMapping("/own-thread")
		void ownThread(HttpServletRequest request) {
			AsyncContext context = request.startAsync();
			Thread writer = new Thread(() -> {
				try {
					write(context.getResponse().getOutputStream());
					context.complete();
				}
				catch (IOException ex) {
					// as many do: the server knows
				}
			});
			writer.setDaemon(true);
			writer.start();
		}

		@PostMapping("/upload")
		ResponseEntity<String> upload(@RequestBody byte[] body) {
			return ResponseEntity.ok("length " + body.length);
		}

		@PostMapping("/upload-stream")
		String uploadStream(InputStream body) throws IOException {
			return "length " + body.readAllBytes().length;
		}

		@PostMapping("/multipart")
		String multipart(@RequestParam MultipartFile file) {
			return "length " + file.getSize();
		}

		@PostMapping("/form")
		String form(@RequestParam String name) {
			return "hello " + name;
		}

		@GetMapping("/other-peer")
		String otherPeer() throws IOException {
			throw new SocketException("Connection reset");
		}

		@GetMapping("/other-peer-wrapped")
		String otherPeerWrapped() {
			throw new IllegalStateException("the stock could not be asked", new IOException("Broken pipe"));
		}

		@GetMapping("/fault")
		String fault() {
			throw new IllegalStateException("planted");
		}

	}

	/**
	 * Knows who works on an upload.
	 */
	static final class Uploads implements Filter {

		private final AtomicReference<@Nullable Thread> reader = new AtomicReference<>();

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			if (request.getContentLength() > 0) {
				this.reader.set(Thread.currentThread());
			}
			try {
				chain.doFilter(request, response);
			}
			finally {
				this.reader.compareAndSet(Thread.currentThread(), null);
			}
		}

		boolean isNone() {
			return this.reader.get() == null;
		}

		/**
		 * Whether all that has come of an upload is read, and its thread waits for more.
		 */
		boolean isWaitedFor() {
			Thread thread = this.reader.get();
			return thread != null && thread.getState().name().endsWith("WAITING")
					&& Arrays.stream(thread.getStackTrace())
						.map(StackTraceElement::getClassName)
						.anyMatch((type) -> type.endsWith(".InputBuffer") || type.endsWith(".HttpInput"));
		}

	}

	/**
	 * What many applications have.
	 */
	@RestControllerAdvice
	@ConditionalOnBooleanProperty("catch-all")
	static class CatchAll {

		@ExceptionHandler(Exception.class)
		ResponseEntity<String> any(Exception ex) {
			LoggerFactory.getLogger(CatchAll.class).error("Unexpected", ex);
			return ResponseEntity.internalServerError().body("failed");
		}

	}

	/**
	 * A servlet without Spring MVC.
	 */
	static final class PlainServlet extends HttpServlet {

		private static final long serialVersionUID = 1L;

		@Override
		protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
			try {
				NoisyApplication.write(response.getOutputStream());
			}
			catch (IOException ex) {
				if ("/wrapped".equals(request.getPathInfo())) {
					throw new IllegalStateException("could not be exported", ex);
				}
				throw ex;
			}
		}

	}

}
