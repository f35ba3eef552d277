/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.disconnect;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.SocketChannel;
import java.time.Duration;

import com.sun.management.ThreadMXBean;
import dev.holdfast.inflight.CancelPolicy;
import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.inflight.RunningRequests;
import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Mode;
import dev.holdfast.server.RequestCompanion;
import dev.holdfast.server.Wire;
import dev.holdfast.socket.Sockets;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a request pays for a watch that never begins.
 */
@Tag("G7")
class DisconnectAllocationTests {

	private static final int TIMES = 20_000;

	private static final long MOST_BYTES = 48;

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final HttpServletResponse response = new MockHttpServletResponse();

	@Test
	void fastRequestPaysOneSmallObject(TestReporter reporter) throws IOException {
		DisconnectSettings settings = new DisconnectSettings(Mode.ENFORCE, Duration.ofMillis(500), HalfClose.GONE,
				CancelPolicy.SAFE, false);
		Departures departures = new Departures(settings);
		ChannelWatch channels = new ChannelWatch(HalfClose.GONE,
				new Suspects(Sockets.ofThisMachine(), HalfClose.GONE, Ticker.system()), (request) -> {
				});
		DisconnectWatch watch = new DisconnectWatch(settings, channels, departures);
		RunningRequest running = new RunningRequests(Ticker.system()).begin("GET", "127.0.0.1",
				new OwnedLifetime(Deadline.none()));
		try (SocketChannel channel = SocketChannel.open()) {
			PlainRequest request = new PlainRequest(Wire.of(channel));
			pass(watch, running, request);
			long before = this.threads.getCurrentThreadAllocatedBytes();
			pass(watch, running, request);
			long bytes = (this.threads.getCurrentThreadAllocatedBytes() - before) / TIMES;
			reporter.publishEntry("bytes for a request", Long.toString(bytes));
			assertThat(bytes).isBetween(1L, MOST_BYTES);
			assertThat(watch.isBlind()).isFalse();
		}
	}

	private void pass(DisconnectWatch watch, RunningRequest running, PlainRequest request) {
		for (int i = 0; i < TIMES; i++) {
			RequestCompanion companion = watch.meet(request, running, "");
			if (companion != null) {
				companion.admitted(running, request, this.response);
				companion.finished(running);
			}
		}
	}

	/**
	 * A request that allocates nothing itself.
	 */
	private static final class PlainRequest extends HttpServletRequestWrapper {

		private final Wire wire;

		PlainRequest(Wire wire) {
			super(new MockHttpServletRequest());
			this.wire = wire;
		}

		@Override
		public Object getAttribute(String name) {
			return this.wire;
		}

		@Override
		public long getContentLengthLong() {
			return -1;
		}

		@Override
		public @Nullable String getHeader(String name) {
			return null;
		}

	}

}
