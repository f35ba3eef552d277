/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.disconnect;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

import dev.holdfast.inflight.CancelPolicy;
import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.inflight.RunningRequests;
import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.report.Mode;
import dev.holdfast.socket.Sockets;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When the kernel is asked whether a client has closed behind its bytes.
 */
@Tag("A3")
class ChannelWatchTests {

	private static final Duration MEANWHILE = Duration.ofMillis(300);

	private final AtomicLong now = new AtomicLong();

	private final AtomicLong latest = new AtomicLong();

	private final Queue<WatchedRequest> gone = new ConcurrentLinkedQueue<>();

	@TempDir
	private Path proc = Path.of("");

	private ServerSocketChannel server = ServerSocketChannel.open();

	private SocketChannel client = SocketChannel.open();

	private SocketChannel channel = SocketChannel.open();

	private ChannelWatch watch = watch();

	ChannelWatchTests() throws IOException {
	}

	@BeforeEach
	void connect() throws IOException {
		this.server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		this.client.connect(this.server.getLocalAddress());
		this.channel = this.server.accept();
		this.channel.configureBlocking(false);
		Path net = Files.createDirectories(this.proc.resolve("self/net"));
		Files.writeString(net.resolve("tcp"),
				"heading\n   0: %s %s 08 00000000:00000005 00:00000000 00000000 0 0 1 3 0 20 4 1 18 -1\n"
					.formatted(text(this.channel.getLocalAddress()), text(this.channel.getRemoteAddress())));
		this.watch = watch();
	}

	@AfterEach
	void close() throws IOException {
		this.watch.close();
		this.channel.close();
		this.client.close();
		this.server.close();
	}

	@Test
	void clientThatHadLeftBeforeItWasWatchedIsLookedAtWithinMilliseconds() throws IOException {
		write();
		WatchedRequest request = request();
		timeMayReach(Duration.ofMillis(10));
		this.watch.watch(request);
		Awaitility.await().untilAsserted(() -> assertThat(this.gone).containsExactly(request));
	}

	@Test
	void clientWhoseBytesComeWhileItIsWatchedIsGivenAMomentToClose() throws IOException {
		WatchedRequest request = request();
		timeMayReach(Duration.ofMillis(20));
		this.watch.watch(request);
		Awaitility.await().until(this.channel::isRegistered);
		Awaitility.await().during(MEANWHILE).until(this.gone::isEmpty);
		write();
		Awaitility.await().during(MEANWHILE).until(this.gone::isEmpty);
		timeMayReach(Duration.ofMillis(60));
		Awaitility.await().untilAsserted(() -> assertThat(this.gone).containsExactly(request));
	}

	private void write() throws IOException {
		this.client.write(ByteBuffer.wrap(new byte[5]));
	}

	private WatchedRequest request() {
		DisconnectSettings settings = new DisconnectSettings(Mode.ENFORCE, Duration.ofMillis(500), HalfClose.GONE,
				CancelPolicy.SAFE, false);
		RunningRequest running = new RunningRequests(System::nanoTime).begin("GET", "127.0.0.1",
				new OwnedLifetime(Deadline.none()));
		return new WatchedRequest(running, Wire.of(this.channel), false,
				new DisconnectWatch(settings, this.watch, new Departures(settings)));
	}

	private ChannelWatch watch() {
		Sockets sockets = new Sockets(this.proc, System::nanoTime, () -> 0);
		return new ChannelWatch(HalfClose.GONE, new Suspects(sockets, HalfClose.GONE, this::now), this.gone::add);
	}

	private void timeMayReach(Duration time) {
		this.latest.set(time.toNanos());
	}

	// a millisecond each time that somebody asks
	private long now() {
		return Math.min(this.latest.get(), this.now.addAndGet(1_000_000));
	}

	// 127.0.0.1, as little-endian machines write it
	private static String text(SocketAddress address) {
		return "0100007F:%04X".formatted(((InetSocketAddress) address).getPort());
	}

}
