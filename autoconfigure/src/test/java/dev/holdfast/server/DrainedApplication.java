/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;

import dev.holdfast.inflight.ServerConnections;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * A real application whose connections a test drains.
 *
 * @param application the application
 */
record DrainedApplication(RunningApplication application) implements AutoCloseable {

	static DrainedApplication start(ServerKind kind, String... arguments) {
		return new DrainedApplication(RunningApplication.start(kind, Streaming.class, false, arguments));
	}

	RawConnection connect() throws IOException {
		return RawConnection.to(this.application.port());
	}

	int managementPort() {
		return Objects.requireNonNull(
				this.application.context().getEnvironment().getProperty("local.management.port", Integer.class));
	}

	void announceClose() {
		connections().forEach(ServerConnections::announceClose);
	}

	void resume() {
		connections().forEach(ServerConnections::resume);
	}

	int closeIdle(Duration quiet) {
		return connections().stream().mapToInt((connections) -> connections.closeIdle(quiet)).sum();
	}

	int open() {
		return connections().stream().mapToInt(ServerConnections::open).sum();
	}

	private Collection<ServerConnections> connections() {
		return this.application.context().getBeansOfType(ServerConnections.class).values();
	}

	@Override
	public void close() {
		this.application.close();
	}

	@Controller
	@Import(TestApplication.class)
	static class Streaming {

		@GetMapping("/chunked")
		void chunked(HttpServletResponse response) throws IOException {
			response.getOutputStream().print("first ");
			response.flushBuffer();
			response.getOutputStream().print("second");
		}

		@GetMapping("/nothing")
		void nothing(HttpServletResponse response) {
			response.setStatus(HttpServletResponse.SC_NO_CONTENT);
		}

		/**
		 * Answers before the body has come, and reads it without a thread.
		 * @param request the request
		 * @param response its answer
		 * @throws IOException if the client is gone
		 */
		@PostMapping("/answered-early")
		void answeredEarly(HttpServletRequest request, HttpServletResponse response) throws IOException {
			AsyncContext async = request.startAsync();
			response.getOutputStream().print("early ");
			response.flushBuffer();
			ServletInputStream body = request.getInputStream();
			body.setReadListener(new ReadListener() {

				@Override
				public void onDataAvailable() throws IOException {
					while (body.isReady() && body.read() >= 0) {
						// read on
					}
				}

				@Override
				public void onAllDataRead() throws IOException {
					response.getOutputStream().write("complete".getBytes(StandardCharsets.US_ASCII));
					async.complete();
				}

				@Override
				public void onError(Throwable failure) {
					async.complete();
				}

			});
		}

	}

}
