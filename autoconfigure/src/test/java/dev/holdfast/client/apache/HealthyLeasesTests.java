/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPOutputStream;

import dev.holdfast.client.HttpClients;
import dev.holdfast.leak.CallSites;
import dev.holdfast.leak.LeakCounts;
import dev.holdfast.leak.LeakDetector;
import dev.holdfast.leak.LeakSettings;
import dev.holdfast.leak.Reclaim;
import dev.holdfast.leak.Stacks;
import dev.holdfast.leak.SuspicionKind;
import dev.holdfast.lifetime.Ticker;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Responses that somebody still has are never taken for lost, whatever of them is kept,
 * while garbage is collected all the time. With {@code -Dholdfast.long=true} there are a
 * million of them.
 */
@Tag("A1")
class HealthyLeasesTests {

	private static final int LEASES = Boolean.getBoolean("holdfast.long") ? 1_000_000 : 20_000;

	private static final int WORKERS = 16;

	private static final int SIZE = 12_000;

	private static final byte[] BODY = body();

	private static final byte[] ZIPPED = zipped();

	/** One lease of so many outlasts a collection, and a look after it. */
	private static final int LASTING = LEASES / 312;

	private final AtomicInteger next = new AtomicInteger();

	private final AtomicInteger rounds = new AtomicInteger();

	private final AtomicInteger outlasted = new AtomicInteger();

	@Test
	void noneIsCalledLost() throws Exception {
		ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
		ExecutorService readers = Executors.newFixedThreadPool(WORKERS);
		try (Peer peer = Peer.that(HealthyLeasesTests::answer);
				Bounded app = Bounded.with("holdfast.client.max-connections-per-route=" + WORKERS,
						"holdfast.client.max-requests-per-connection=1000000000")) {
			HttpClient client = ((HttpComponentsClientHttpRequestFactory) app.bean(HttpClients.class)
				.requestFactory("default")).getHttpClient();
			LeakDetector detector = new LeakDetector(
					new LeakSettings(Duration.ofMinutes(5), Reclaim.CERTAIN, null, Stacks.OFF),
					() -> List.of(app.bean(HttpLeases.class)), new CallSites(Stacks.OFF), Ticker.system());
			List<Future<Integer>> results = new ArrayList<>();
			for (int worker = 0; worker < WORKERS; worker++) {
				results.add(workers.submit(() -> work(client, peer.url(), readers)));
			}
			int collections = 0;
			int looks = 0;
			int seen = 0;
			while (!results.stream().allMatch(Future::isDone)) {
				System.gc();
				collections++;
				for (int i = 0; i < 50; i++) {
					detector.look();
					looks++;
					seen = Math.max(seen, detector.leases());
					LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
				}
				this.rounds.incrementAndGet();
			}
			int complete = 0;
			for (Future<Integer> result : results) {
				complete += result.get();
			}
			assertThat(complete).isEqualTo(LEASES);
			assertThat(detector.counts().reclaimedCount(Reclaim.CERTAIN)).isZero();
			assertThat(detector.reclaimed()).isEmpty();
			for (SuspicionKind kind : SuspicionKind.values()) {
				assertThat(detector.counts().of(new LeakCounts.Key("default", kind.label(), false))).as("%s", kind)
					.isZero();
			}
			// somebody has looked, at leases that were there
			assertThat(collections).isGreaterThan(20);
			assertThat(looks).isGreaterThan(1000);
			assertThat(seen).isGreaterThan(1);
			assertThat(this.outlasted).hasValueGreaterThanOrEqualTo(300);
			app.awaitLeased(0);
			assertThat(app.calls()).isEmpty();
			assertThat(peer.connections()).isLessThanOrEqualTo(WORKERS);
		}
		finally {
			workers.shutdownNow();
			readers.shutdownNow();
		}
	}

	private int work(HttpClient client, String url, ExecutorService readers) throws Exception {
		int complete = 0;
		Way[] ways = Way.values();
		for (int number = this.next.getAndIncrement(); number < LEASES; number = this.next.getAndIncrement()) {
			Way way = ways[number % ways.length];
			boolean lasts = number / ways.length % LASTING == 0;
			byte[] read = way.read(new Turn(client, url + way, readers, lasts ? this::outlast : Thread::yield));
			if (!Arrays.equals(read, BODY)) {
				throw new AssertionError("Lease " + number + ", " + way + ": " + read.length + " bytes");
			}
			complete++;
		}
		return complete;
	}

	private void outlast() {
		int seen = this.rounds.get();
		while (this.rounds.get() < seen + 2) {
			LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(500));
			if (Thread.interrupted()) {
				throw new IllegalStateException("The test is over");
			}
		}
		this.outlasted.incrementAndGet();
	}

	private static void answer(Peer.Exchange exchange) throws IOException {
		if (exchange.request().startsWith("GET /" + Way.ZIPPED)) {
			exchange
				.write("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + ZIPPED.length + "\r\n\r\n");
			exchange.out().write(ZIPPED);
		}
		else if (exchange.request().startsWith("GET /" + Way.SLOW)) {
			exchange.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
			for (int sent = 0; sent < SIZE; sent += SIZE / 3) {
				exchange.write(Integer.toHexString(SIZE / 3) + "\r\n");
				exchange.out().write(BODY, sent, SIZE / 3);
				exchange.write("\r\n");
				LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
			}
			exchange.write("0\r\n\r\n");
		}
		else {
			exchange.write("HTTP/1.1 200 OK\r\nContent-Length: " + SIZE + "\r\n\r\n");
			exchange.out().write(BODY);
		}
	}

	private static byte[] body() {
		byte[] body = new byte[SIZE];
		for (int i = 0; i < SIZE; i++) {
			body[i] = (byte) (i * 31 + i / 256);
		}
		return body;
	}

	private static byte[] zipped() {
		ByteArrayOutputStream zipped = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
			out.write(BODY);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		return zipped.toByteArray();
	}

	/** In two pieces, with time for a collection before and between them. */
	private static byte[] read(InputStream body, Runnable pause) throws IOException {
		try (body) {
			pause.run();
			byte[] first = body.readNBytes(SIZE / 2);
			pause.run();
			byte[] all = Arrays.copyOf(first, SIZE);
			int rest = body.readNBytes(all, first.length, SIZE - first.length);
			assertThat(body.read()).isEqualTo(-1);
			return Arrays.copyOf(all, first.length + rest);
		}
	}

	/**
	 * One lease.
	 *
	 * @param client the client
	 * @param url what is asked for
	 * @param readers other threads
	 * @param pause what is done while the response is held
	 */
	private record Turn(HttpClient client, String url, ExecutorService readers, Runnable pause) {

		ClassicHttpResponse open() throws IOException {
			return this.client.executeOpen(null, new HttpGet(this.url), null);
		}

		// nothing but the stream is left when this has returned
		InputStream stream() throws IOException {
			return open().getEntity().getContent();
		}

	}

	/**
	 * What is kept of a response, and how it is read.
	 */
	private enum Way {

		STREAM {
			@Override
			byte[] read(Turn turn) throws IOException {
				return HealthyLeasesTests.read(turn.stream(), turn.pause());
			}
		},

		SLOW {
			@Override
			byte[] read(Turn turn) throws IOException {
				return HealthyLeasesTests.read(turn.stream(), turn.pause());
			}
		},

		RESPONSE {
			@Override
			byte[] read(Turn turn) throws IOException {
				try (ClassicHttpResponse response = turn.open()) {
					turn.pause().run();
					return response.getEntity().getContent().readAllBytes();
				}
			}
		},

		ENTITY {
			@Override
			byte[] read(Turn turn) throws IOException {
				HttpEntity entity = turn.open().getEntity();
				turn.pause().run();
				ByteArrayOutputStream all = new ByteArrayOutputStream();
				entity.writeTo(all);
				return all.toByteArray();
			}
		},

		WRITTEN {
			@Override
			byte[] read(Turn turn) throws IOException {
				ByteArrayOutputStream all = new ByteArrayOutputStream();
				turn.open().getEntity().writeTo(new OutputStream() {
					@Override
					public void write(int one) {
						write(new byte[] { (byte) one }, 0, 1);
					}

					@Override
					public void write(byte[] bytes, int offset, int length) {
						if (all.size() == 0) {
							turn.pause().run();
						}
						all.write(bytes, offset, length);
					}
				});
				return all.toByteArray();
			}
		},

		WRAPPED {
			@Override
			byte[] read(Turn turn) throws IOException {
				return HealthyLeasesTests.read(new BufferedInputStream(turn.stream(), 1000), turn.pause());
			}
		},

		ZIPPED {
			@Override
			byte[] read(Turn turn) throws IOException {
				return HealthyLeasesTests.read(turn.stream(), turn.pause());
			}
		},

		HANDED_OVER {
			@Override
			byte[] read(Turn turn) throws Exception {
				return turn.readers().submit(reader(turn.stream(), turn.pause())).get();
			}
		};

		abstract byte[] read(Turn turn) throws Exception;

		private static Callable<byte[]> reader(InputStream body, Runnable pause) {
			return () -> HealthyLeasesTests.read(body, pause);
		}

	}

}
