/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;

import dev.holdfast.client.CallFailure;
import dev.holdfast.client.HttpClients;
import dev.holdfast.failure.FailureKind;
import dev.holdfast.leak.Lease;
import dev.holdfast.leak.Reclaim;
import dev.holdfast.leak.Suspect;
import dev.holdfast.leak.SuspicionKind;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Connections that are taken back from whoever has forgotten them.
 */
@Tag("A1")
class ReclaimedLeaseTests {

	private static final int SIZE = 100_000;

	private static final String LARGE = "HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n" + "x".repeat(SIZE);

	// all at once: a collection of the whole heap takes longer than everything else
	@Test
	void whatNobodyCanReachIsTakenBack() throws Exception {
		try (Peers peers = new Peers();
				Bounded app = Bounded.with("holdfast.client.max-connections-per-route=1",
						"holdfast.client.max-connections=" + Way.values().length)) {
			Leaks leaks = new Leaks(app, Reclaim.CERTAIN);
			for (Way way : Way.values()) {
				onAThreadOfItsOwn(() -> way.leak(app, peers.url(way)));
			}
			app.awaitLeased(Way.values().length);
			leaks.awaitReclaimed(Reclaim.CERTAIN, Way.values().length);
			assertThat(leaks.detector().reclaimed()).extracting((reclaimed) -> reclaimed.target() + "/")
				.containsExactlyInAnyOrderElementsOf(peers.all().stream().map(Peer::url).toList());
			assertThat(leaks.suspected(SuspicionKind.COLLECTED)).isEqualTo(Way.values().length);
			app.awaitLeased(0);
			assertThat(app.calls()).isEmpty();
			assertThat(app.closed()).containsExactly(Map.entry("reclaimed", (long) Way.values().length));
			for (Peer peer : peers.all()) {
				assertIsCalledAgain(app, peer);
			}
		}
	}

	@Test
	void whatSomebodyCanReachIsNot() throws Exception {
		try (Peers peers = new Peers();
				Bounded app = Bounded.with("holdfast.client.max-connections-per-route=1",
						"holdfast.client.max-connections=" + Way.values().length)) {
			Leaks leaks = new Leaks(app, Reclaim.CERTAIN);
			List<@Nullable Object> kept = new ArrayList<>();
			for (Way way : Way.values()) {
				kept.add(way.leak(app, peers.url(way)));
			}
			for (int i = 0; i < 5; i++) {
				System.gc();
				leaks.detector().look();
			}
			app.awaitLeased(Way.values().length);
			assertThat(app.bean(HttpLeases.class).leases()).extracting((lease) -> lease.target() + "/")
				.containsExactlyInAnyOrderElementsOf(peers.all().stream().map(Peer::url).toList());
			assertThat(leaks.suspected(SuspicionKind.COLLECTED)).isZero();
			assertThat(leaks.detector().reclaimed()).isEmpty();
			assertThat(kept).hasSize(Way.values().length).doesNotContainNull();
		}
	}

	// whoever looks may have been told of it while it was still open
	@Test
	void whatWasReadToItsEndIsNotLostOnceItIsCollected() throws Exception {
		try (Peer peer = Peer.answering(LARGE); Bounded app = Bounded.with()) {
			CompletableFuture<Lease> seen = new CompletableFuture<>();
			CompletableFuture<WeakReference<InputStream>> read = new CompletableFuture<>();
			onAThreadOfItsOwn(() -> {
				InputStream body = raw(app).executeOpen(null, new HttpGet(peer.url()), null).getEntity().getContent();
				seen.complete(app.bean(HttpLeases.class).leases().get(0));
				assertThat(body.readAllBytes()).hasSize(SIZE);
				return read.complete(new WeakReference<>(body));
			});
			Awaitility.await().until(() -> {
				System.gc();
				return read.join().get() == null;
			});
			assertThat(seen.join().isCollected()).isFalse();
			assertThat(seen.join().reclaim()).isFalse();
		}
	}

	@Test
	void whatIsNotToBeTakenBackIsShown() throws Exception {
		try (Peer peer = Peer.answering(LARGE); Bounded app = Bounded.with()) {
			Leaks leaks = new Leaks(app, Reclaim.NONE);
			onAThreadOfItsOwn(() -> Way.STREAM.leak(app, peer.url()));
			Awaitility.await().untilAsserted(() -> {
				System.gc();
				leaks.detector().look();
				assertThat(leaks.detector().suspects()).extracting(Suspect::kind)
					.containsExactly(SuspicionKind.COLLECTED);
			});
			app.awaitLeased(1);
			assertThat(leaks.detector().suspects()).singleElement()
				.satisfies((suspect) -> assertThat(suspect.owner()).isNull());
		}
	}

	@Test
	void whoReadsAnAbandonedBodyLaterIsToldWhatHasBecomeOfIt() throws Exception {
		try (Peer peer = Peer.answering(LARGE);
				Bounded app = Bounded.with("holdfast.client.max-connections-per-route=1")) {
			InputStream body = open(app, peer);
			assertThat(body.read()).isEqualTo('x');
			new Leaks(app, Reclaim.ABANDONED).awaitReclaimed(Reclaim.ABANDONED, 1);
			app.awaitLeased(0);
			CallFailure failure = Bounded.failure(catchThrowable(body::readAllBytes));
			assertThat(failure.kind()).isEqualTo(FailureKind.CANCELLED);
			assertThat((Throwable) failure).isInstanceOf(IOException.class)
				.hasMessageContaining("taken back")
				.hasMessageContaining("holdfast.leak.reclaim-after");
			assertThatCode(body::close).doesNotThrowAnyException();
			assertReclaimed(app, peer);
		}
	}

	@Test
	void whoClosesAnAbandonedBodyLaterDoesNoHarm() throws Exception {
		try (Peer peer = Peer.answering(LARGE);
				Bounded app = Bounded.with("holdfast.client.max-connections-per-route=1")) {
			InputStream body = open(app, peer);
			new Leaks(app, Reclaim.ABANDONED).awaitReclaimed(Reclaim.ABANDONED, 1);
			// the place is used already
			InputStream next = open(app, peer);
			assertThatCode(body::close).doesNotThrowAnyException();
			app.awaitLeased(1);
			assertThat(next.readAllBytes()).hasSize(SIZE);
			assertReclaimed(app, peer);
		}
	}

	@Test
	void aRequestThatWasSentAgainIsNotCancelled() throws Exception {
		try (Peer peer = Peer.answering(LARGE); Bounded app = Bounded.with()) {
			HttpGet request = new HttpGet(peer.url());
			ClassicHttpResponse forgotten = raw(app).executeOpen(null, request, null);
			Lease lease = app.bean(HttpLeases.class).leases().get(0);
			try (ClassicHttpResponse response = raw(app).executeOpen(null, request, null)) {
				assertThat(lease.reclaim()).isTrue();
				assertThat(response.getEntity().getContent().readAllBytes()).hasSize(SIZE);
			}
			try (ClassicHttpResponse response = raw(app).executeOpen(null, request, null)) {
				assertThat(response.getEntity().getContent().readAllBytes()).hasSize(SIZE);
			}
			assertThat(lease.reclaim()).isFalse();
			assertThat(forgotten.getCode()).isEqualTo(200);
			app.awaitLeased(0);
			assertThat(app.closed()).containsExactly(Map.entry("reclaimed", 1L));
		}
	}

	private static void assertReclaimed(Bounded app, Peer peer) {
		app.awaitLeased(0);
		assertThat(app.calls()).isEmpty();
		assertThat(app.closed()).containsExactly(Map.entry("reclaimed", 1L));
		assertIsCalledAgain(app, peer);
	}

	private static void assertIsCalledAgain(Bounded app, Peer peer) {
		assertThat(app.get(peer.url() + "next")).isNotEmpty();
		// the peer knows that the first one is closed
		Awaitility.await()
			.atMost(Duration.ofSeconds(5))
			.untilAsserted(() -> assertThat(peer.openConnections()).isOne());
		assertThat(peer.connections()).isEqualTo(2);
		app.awaitLeased(0);
	}

	private static InputStream open(Bounded app, Peer peer) {
		return Objects.requireNonNull(app.client().get().uri(peer.url()).retrieve().body(InputStream.class));
	}

	private static HttpClient raw(Bounded app) {
		return ((HttpComponentsClientHttpRequestFactory) app.bean(HttpClients.class).requestFactory("default"))
			.getHttpClient();
	}

	private static void answer(Peer.Exchange exchange) throws IOException {
		if (exchange.request().contains("/" + Way.ZIPPED)) {
			ByteArrayOutputStream zipped = new ByteArrayOutputStream();
			try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
				out.write(new byte[SIZE]);
			}
			exchange
				.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + zipped.size() + "\r\n\r\n");
			exchange.out().write(zipped.toByteArray());
		}
		else {
			exchange.write(LARGE);
		}
	}

	// no frame of this thread has what it leaves behind
	private static void onAThreadOfItsOwn(Leak leak) throws Exception {
		CompletableFuture<Boolean> done = new CompletableFuture<>();
		Thread thread = new Thread(() -> {
			try {
				done.complete(leak.leave() != null);
			}
			catch (Throwable ex) {
				done.completeExceptionally(ex);
			}
		});
		thread.start();
		assertThat(done.get()).isTrue();
		thread.join();
	}

	/**
	 * A peer for each way, so that each has a pool of one connection.
	 */
	private static final class Peers implements AutoCloseable {

		private final Map<Way, Peer> peers = new EnumMap<>(Way.class);

		private Peers() {
			for (Way way : Way.values()) {
				this.peers.put(way, Peer.that((exchange) -> answer(exchange)));
			}
		}

		private String url(Way way) {
			return Objects.requireNonNull(this.peers.get(way)).url() + way;
		}

		private Collection<Peer> all() {
			return this.peers.values();
		}

		@Override
		public void close() {
			this.peers.values().forEach(Peer::close);
		}

	}

	/**
	 * Leaves something behind.
	 */
	private interface Leak {

		@Nullable Object leave() throws IOException;

	}

	/**
	 * A service as an interface.
	 */
	interface Service {

		@GetExchange
		InputStream all();

	}

	/**
	 * Ways to forget a response, and what there is to be forgotten.
	 */
	enum Way {

		STREAM {
			@Override
			@Nullable Object leak(Bounded app, String url) {
				return app.client().get().uri(url).retrieve().body(InputStream.class);
			}
		},

		EXCHANGE {
			@Override
			@Nullable Object leak(Bounded app, String url) {
				return app.client().get().uri(url).exchange((request, response) -> response, false);
			}
		},

		STREAM_OF_EXCHANGE {
			@Override
			@Nullable Object leak(Bounded app, String url) {
				return app.client().get().uri(url).exchange((request, response) -> response.getBody(), false);
			}
		},

		INTERFACE {
			@Override
			Object leak(Bounded app, String url) {
				return HttpServiceProxyFactory
					.builderFor(RestClientAdapter.create(app.client().mutate().baseUrl(url).build()))
					.build()
					.createClient(Service.class)
					.all();
			}
		},

		RAW {
			@Override
			Object leak(Bounded app, String url) throws IOException {
				return raw(app).executeOpen(null, new HttpGet(url), null);
			}
		},

		READ_IN_PART {
			@Override
			Object leak(Bounded app, String url) throws IOException {
				InputStream body = raw(app).executeOpen(null, new HttpGet(url), null).getEntity().getContent();
				assertThat(body.readNBytes(20_000)).hasSize(20_000);
				return body;
			}
		},

		ZIPPED {
			@Override
			Object leak(Bounded app, String url) throws IOException {
				return raw(app).executeOpen(null, new HttpGet(url), null).getEntity().getContent();
			}
		};

		abstract @Nullable Object leak(Bounded app, String url) throws IOException;

	}

}
