/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

import dev.holdfast.inflight.CurrentRequest;
import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.inflight.RunningRequests;
import dev.holdfast.leak.Activity;
import dev.holdfast.leak.Ends;
import dev.holdfast.leak.Lease;
import dev.holdfast.leak.Origin;
import dev.holdfast.leak.Reclaim;
import dev.holdfast.leak.Suspect;
import dev.holdfast.leak.SuspicionKind;
import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.lifetime.Ticker;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each way in which a connection does not come back, done by a real peer or application,
 * is recognised for what it is.
 */
@Tag("A1")
@Tag("A4")
class SuspectedLeaseTests {

	private static final String LARGE = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000);

	@Test
	void aSilentPeerIsWaitedFor() throws Exception {
		CompletableFuture<Socket> seen = new CompletableFuture<>();
		try (Peer peer = Peer.that((exchange) -> {
			seen.complete(exchange.socket());
			exchange.pause(30_000);
		}); Bounded app = Bounded.with(Leaks.PATIENT)) {
			Thread caller = start(() -> app.client().get().uri(peer.url()).retrieve().toBodilessEntity());
			Suspect suspect = new Leaks(app, Reclaim.ABANDONED).await(SuspicionKind.WAITING_FOR_PEER);
			assertThat(suspect.owner()).isSameAs(caller);
			assertThat(suspect.evidence()).startsWith("the peer has said nothing for ");
			assertThat(suspect.use().activity()).isEqualTo(Activity.RECEIVING);
			assertThat(suspect.use().ageNanos()).isGreaterThanOrEqualTo(Leaks.SUSPECT_AFTER.toNanos());
			assertThat(suspect.lease().pool()).isEqualTo("default");
			assertThat(suspect.lease().target() + "/").isEqualTo(peer.url());
			assertThat(suspect.lease().operation()).isEqualTo("GET");
			assertThat(suspect.lease().origin()).isEqualTo(Origin.NONE);
			Socket socket = seen.get(5, TimeUnit.SECONDS);
			Ends ends = Objects.requireNonNull(suspect.lease().ends());
			assertThat(ends.local()).isEqualTo(socket.getRemoteSocketAddress());
			assertThat(ends.remote()).isEqualTo(socket.getLocalSocketAddress());
			assertThat(app.bean(HttpLeases.class).connections()).singleElement()
				.satisfies((open) -> assertThat(open.ends()).isEqualTo(ends));
			// somebody waits, so it is not taken back
			assertThat(suspect.lease().reclaim()).isFalse();
			end(caller, peer);
		}
	}

	@Test
	void aBodyThatStopsIsWaitedFor() throws Exception {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nx");
			exchange.pause(30_000);
		}); Bounded app = Bounded.with(Leaks.PATIENT)) {
			Thread caller = start(() -> app.get(peer.url()));
			Suspect suspect = new Leaks(app, Reclaim.NONE).await(SuspicionKind.WAITING_FOR_PEER);
			assertThat(suspect.use().bytes()).isOne();
			end(caller, peer);
		}
	}

	@Test
	void aByteNowAndThenIsADrip() throws Exception {
		try (Peer peer = Peer.that((exchange) -> {
			exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n");
			exchange.drip("x".repeat(2000), 30);
		}); Bounded app = Bounded.with(Leaks.PATIENT)) {
			Thread caller = start(() -> app.get(peer.url()));
			Suspect suspect = new Leaks(app, Reclaim.NONE).await(SuspicionKind.SLOW_DRIP);
			assertThat(suspect.use().activity()).isEqualTo(Activity.RECEIVING);
			assertThat(suspect.use().bytes()).isPositive();
			assertThat(suspect.evidence()).contains(" bytes in ").endsWith(" of waiting");
			end(caller, peer);
		}
	}

	@Test
	void aPeerThatReadsNothingIsAStuckWrite() throws Exception {
		try (ServerSocket deaf = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				Bounded app = Bounded.with(Leaks.PATIENT)) {
			Thread caller = start(() -> app.client()
				.post()
				.uri("http://127.0.0.1:" + deaf.getLocalPort() + "/")
				.body(new byte[64 << 20])
				.retrieve()
				.toBodilessEntity());
			Suspect suspect = new Leaks(app, Reclaim.NONE).await(SuspicionKind.STUCK_WRITE);
			assertThat(suspect.lease().operation()).isEqualTo("POST");
			assertThat(suspect.use().activity()).isEqualTo(Activity.SENDING);
			assertThat(suspect.use().bytes()).isPositive();
			cut(caller, app);
		}
	}

	@Test
	void aConnectionThatIsNeverAcceptedWasNeverConnected() throws Exception {
		List<Socket> fillers = new ArrayList<>();
		try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Bounded app = Bounded.with(Leaks.PATIENT)) {
			for (int i = 0; i < 4; i++) {
				Socket filler = new Socket();
				fillers.add(filler);
				fill(filler, full);
			}
			Thread caller = start(() -> app.get("http://127.0.0.1:" + full.getLocalPort() + "/"));
			Suspect suspect = new Leaks(app, Reclaim.NONE).await(SuspicionKind.NEVER_CONNECTED);
			assertThat(suspect.lease().ends()).isNull();
			assertThat(suspect.owner()).isSameAs(caller);
			cut(caller, app);
		}
		finally {
			for (Socket filler : fillers) {
				filler.close();
			}
		}
	}

	@Test
	void aResponseOfAThreadThatHasEndedIsAbandoned() throws Exception {
		try (Peer peer = Peer.answering(LARGE); Bounded app = Bounded.with(Leaks.PATIENT)) {
			CompletableFuture<InputStream> kept = new CompletableFuture<>();
			start(() -> kept.complete(open(app, peer))).join(5000);
			Suspect suspect = new Leaks(app, Reclaim.NONE).await(SuspicionKind.ABANDONED);
			assertThat(suspect.owner()).isNull();
			assertThat(suspect.evidence()).endsWith("and the thread that took it has ended");
			assertThat(kept.get(5, TimeUnit.SECONDS).read()).isEqualTo('x');
		}
	}

	@Test
	void aResponseThatIsPutAsideIsAbandonedUntilItIsReadAgain() throws Exception {
		try (Peer peer = Peer.answering(LARGE); Bounded app = Bounded.with(Leaks.PATIENT)) {
			Leaks leaks = new Leaks(app, Reclaim.NONE);
			try (InputStream body = open(app, peer)) {
				Suspect suspect = leaks.await(SuspicionKind.ABANDONED);
				assertThat(suspect.owner()).isSameAs(Thread.currentThread());
				assertThat(suspect.evidence()).endsWith("and its thread does something else");
				long before = System.nanoTime();
				// buffered already: nobody asks the peer
				assertThat(body.readNBytes(100)).hasSize(100);
				assertThat(suspect.lease().use().stillNanos()).isBetween(0L, System.nanoTime() - before);
				leaks.detector().look();
				assertThat(leaks.suspected(SuspicionKind.ABANDONED)).isOne();
				leaks.await(SuspicionKind.ABANDONED);
			}
			leaks.detector().look();
			assertThat(leaks.detector().suspects()).isEmpty();
			assertThat(leaks.detector().counts().lateCount()).isOne();
		}
	}

	@Test
	void aResponseOfARunningRequestIsHeldAndThenAbandoned() {
		RunningRequests requests = new RunningRequests(Ticker.system());
		RunningRequest request = requests.begin("GET", "peer", new OwnedLifetime(Deadline.none()));
		request.handledBy("/orders/{id}", "Orders#one");
		CurrentRequest.set(request);
		try (Peer peer = Peer.answering(LARGE); Bounded app = Bounded.with(Leaks.PATIENT)) {
			Leaks leaks = new Leaks(app, Reclaim.NONE);
			InputStream body = open(app, peer);
			Suspect held = leaks.await(SuspicionKind.HELD);
			assertThat(held.lease().origin()).isEqualTo(new Origin("GET", "/orders/{id}", "Orders#one", false));
			requests.end(request);
			Suspect abandoned = leaks.await(SuspicionKind.ABANDONED);
			assertThat(abandoned.lease()).isEqualTo(held.lease());
			assertThat(abandoned.evidence()).endsWith("and the request that it was taken in has ended");
			assertThat(body).isNotNull();
		}
		finally {
			CurrentRequest.set(null);
		}
	}

	@Test
	void anUploadWhoseBytesComeSlowlyIsHeldAndNotAbandoned() throws Exception {
		CountDownLatch rest = new CountDownLatch(1);
		try (Peer peer = Peer.that((exchange) -> exchange.socket().getInputStream().readAllBytes());
				Bounded app = Bounded.with(Leaks.PATIENT)) {
			Leaks leaks = new Leaks(app, Reclaim.ABANDONED);
			Thread caller = start(() -> app.client()
				.post()
				.uri(peer.url())
				.body((out) -> produce(out, rest))
				.retrieve()
				.toBodilessEntity());
			Suspect suspect = leaks.await(SuspicionKind.HELD);
			assertThat(suspect.owner()).isSameAs(caller);
			assertThat(suspect.lease().origin()).isEqualTo(Origin.NONE);
			assertThat(suspect.use().activity()).isEqualTo(Activity.PRODUCING);
			assertThat(suspect.use().bytes()).isEqualTo(10);
			assertThat(suspect.evidence()).startsWith("nothing to send has come from the application for ");
			Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> {
				leaks.detector().look();
				return suspect.lease().use().stillNanos() > Leaks.RECLAIM_AFTER.multipliedBy(2).toNanos();
			});
			assertThat(leaks.detector().reclaimed()).isEmpty();
			assertThat(leaks.suspected(SuspicionKind.ABANDONED)).isZero();
			rest.countDown();
			// now it is the peer's turn
			leaks.await(SuspicionKind.WAITING_FOR_PEER);
			end(caller, peer);
		}
	}

	private static void produce(OutputStream out, CountDownLatch rest) throws IOException {
		out.write(new byte[10]);
		try {
			assertThat(rest.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			throw new InterruptedIOException();
		}
		out.write(new byte[10]);
	}

	@Test
	void aBodyThatFlowsAndAnEventStreamAreNotSuspected() throws Exception {
		try (Peer flowing = Peer.that((exchange) -> {
			exchange.write("HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n");
			for (int i = 0; i < 1000; i++) {
				exchange.write("x".repeat(10_000));
				exchange.pause(10);
			}
		}); Peer silent = Peer.that((exchange) -> {
			exchange.write("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
			exchange.pause(30_000);
		}); Bounded app = Bounded.with(Leaks.PATIENT)) {
			Leaks leaks = new Leaks(app, Reclaim.ABANDONED);
			Thread reader = start(() -> app.get(flowing.url()));
			Thread listener = start(() -> app.get(silent.url()));
			Awaitility.await().pollInterval(Duration.ofMillis(20)).until(() -> {
				leaks.detector().look();
				assertThat(leaks.detector().suspects()).isEmpty();
				List<Lease> leases = app.bean(HttpLeases.class).leases();
				return leases.size() == 2 && leases.stream()
					.allMatch((lease) -> lease.use().ageNanos() > Leaks.SUSPECT_AFTER.multipliedBy(4).toNanos());
			});
			end(reader, flowing);
			end(listener, silent);
		}
	}

	private static InputStream open(Bounded app, Peer peer) {
		return Objects.requireNonNull(app.client().get().uri(peer.url()).retrieve().body(InputStream.class));
	}

	// what comes of it in the end does not matter
	private static Thread start(Callable<?> action) {
		Thread thread = new Thread(new FutureTask<>(action), "the-caller");
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

	private static void end(Thread caller, Peer peer) throws InterruptedException {
		peer.hangUp();
		caller.join(10_000);
		assertThat(caller.isAlive()).isFalse();
	}

	private static void cut(Thread caller, Bounded app) throws InterruptedException {
		app.calls().forEach((call) -> call.kill(call.terms().abort(call.phase())));
		caller.join(10_000);
		assertThat(caller.isAlive()).isFalse();
	}

	// the first one or two fit into the queue, the others hang there
	private static void fill(Socket filler, ServerSocket full) throws IOException {
		try {
			filler.connect(full.getLocalSocketAddress(), 100);
		}
		catch (SocketTimeoutException ex) {
			// full now
		}
	}

}
