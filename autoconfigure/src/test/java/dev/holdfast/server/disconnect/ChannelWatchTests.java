/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.disconnect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.holdfast.inflight.CancelPolicy;
import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.inflight.RunningRequests;
import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Mode;
import dev.holdfast.server.Wire;
import dev.holdfast.socket.SocketEntry;
import dev.holdfast.socket.SocketState;
import dev.holdfast.socket.SocketTable;
import dev.holdfast.socket.Sockets;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A channel with bytes that nobody reads, and the kernel's own table.
 */
@EnabledOnOs(OS.LINUX)
@Tag("G7")
class ChannelWatchTests {

	private final RunningRequests running = new RunningRequests(Ticker.system());

	private final AtomicInteger asked = new AtomicInteger();

	// asked at the beginning and at the end of a reading
	private final Sockets sockets = new Sockets(Path.of("/proc"), System::nanoTime, this.asked::getAndIncrement);

	private final List<WatchedRequest> gone = new CopyOnWriteArrayList<>();

	private final ChannelWatch watch = new ChannelWatch(HalfClose.GONE,
			new Suspects(this.sockets, HalfClose.GONE, Ticker.system()), this.gone::add);

	private SocketChannel client = SocketChannel.open();

	private SocketChannel channel = SocketChannel.open();

	ChannelWatchTests() throws IOException {
	}

	@BeforeEach
	void connect() throws IOException {
		this.channel.close();
		try (ServerSocketChannel server = ServerSocketChannel.open()) {
			server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
			this.client.connect(server.getLocalAddress());
			this.channel = server.accept();
		}
		this.channel.configureBlocking(false);
	}

	@AfterEach
	void close() throws IOException {
		this.watch.close();
		this.client.close();
		this.channel.close();
	}

	@Test
	void whoWasSeenToHaveClosedBeforeItIsWatchedTakesNoReading() throws IOException {
		WatchedRequest request = request();
		leave();
		Awaitility.await().until(() -> state(this.sockets.fresh()) == SocketState.CLOSE_WAIT);
		int before = this.asked.get();
		this.watch.watch(request);
		Awaitility.await().untilAsserted(() -> assertThat(this.gone).containsExactly(request));
		assertThat(this.asked).hasValue(before);
	}

	@Test
	void tableFromBeforeTheRequestIsReadAgain() throws IOException {
		leave();
		Awaitility.await().until(() -> state(this.sockets.fresh()) == SocketState.CLOSE_WAIT);
		int before = this.asked.get();
		WatchedRequest request = request();
		this.watch.watch(request);
		Awaitility.await().untilAsserted(() -> assertThat(this.gone).containsExactly(request));
		assertThat(this.asked.get()).isGreaterThan(before);
	}

	private void leave() throws IOException {
		this.client.write(ByteBuffer.allocate(24));
		this.client.close();
	}

	private @Nullable SocketState state(@Nullable SocketTable table) throws IOException {
		SocketEntry entry = (table != null) ? table.find((InetSocketAddress) this.channel.getLocalAddress(),
				(InetSocketAddress) this.channel.getRemoteAddress()) : null;
		return (entry != null) ? entry.state() : null;
	}

	private WatchedRequest request() {
		DisconnectSettings settings = new DisconnectSettings(Mode.ENFORCE, Duration.ofMillis(500), HalfClose.GONE,
				CancelPolicy.SAFE, false);
		RunningRequest request = this.running.begin("GET", "127.0.0.1", new OwnedLifetime(Deadline.none()));
		return new WatchedRequest(request, Wire.of(this.channel), false,
				new DisconnectWatch(settings, this.watch, new Departures(settings)));
	}

}
