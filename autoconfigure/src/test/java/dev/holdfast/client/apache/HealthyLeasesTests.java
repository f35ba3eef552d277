/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
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

	private final AtomicInteger next = new AtomicInteger();

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
				for (int i = 0; i < 20; i++) {
					detector.look();
					looks++;
					seen = Math.max(seen, detector.leases());
					LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
				}
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
			assertThat(looks).isGreaterThan(400);
			assertThat(seen).isGreaterThan(1);
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
			byte[] read = way.read(client, url + way, readers);
			if (!Arrays.equals(read, BODY)) {
				throw new AssertionError("Lease " + number + ", " + way + ": " + read.length + " bytes");
			}
			complete++;
		}
		return complete;
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

	private static ClassicHttpResponse open(HttpClient client, String url) throws IOException {
		return client.executeOpen(null, new HttpGet(url), null);
	}

	// nothing but the stream is left when this has returned
	private static InputStream stream(HttpClient client, String url) throws IOException {
		return open(client, url).getEntity().getContent();
	}

	private static byte[] read(InputStream body) throws IOException {
		try (body) {
			return body.readAllBytes();
		}
	}

	/** A piece at a time, with time for a collection between them. */
	private static byte[] readSlowly(InputStream body) throws IOException {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		try (body) {
			byte[] piece = new byte[SIZE / 2];
			for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
				all.write(piece, 0, count);
				LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
			}
		}
		return all.toByteArray();
	}

	/**
	 * What is kept of a response, and how it is read.
	 */
	private enum Way {

		STREAM {
			@Override
			byte[] read(HttpClient client, String url, ExecutorService readers) throws IOException {
				return HealthyLeasesTests.readSlowly(stream(client, url));
			}
		},

		SLOW {
			@Override
			byte[] read(HttpClient client, String url, ExecutorService readers) throws IOException {
				return HealthyLeasesTests.read(stream(client, url));
			}
		},

		RESPONSE {
			@Override
			byte[] read(HttpClient client, String url, ExecutorService readers) throws IOException {
				try (ClassicHttpResponse response = open(client, url)) {
					LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
					return HealthyLeasesTests.read(response.getEntity().getContent());
				}
			}
		},

		ENTITY {
			@Override
			byte[] read(HttpClient client, String url, ExecutorService readers) throws IOException {
				ByteArrayOutputStream all = new ByteArrayOutputStream();
				open(client, url).getEntity().writeTo(all);
				return all.toByteArray();
			}
		},

		WRAPPED {
			@Override
			byte[] read(HttpClient client, String url, ExecutorService readers) throws IOException {
				return HealthyLeasesTests.readSlowly(new BufferedInputStream(stream(client, url), 1000));
			}
		},

		ZIPPED {
			@Override
			byte[] read(HttpClient client, String url, ExecutorService readers) throws IOException {
				return HealthyLeasesTests.readSlowly(stream(client, url));
			}
		},

		HANDED_OVER {
			@Override
			byte[] read(HttpClient client, String url, ExecutorService readers) throws Exception {
				return readers.submit(reader(stream(client, url))).get();
			}
		},

		PLAIN {
			@Override
			byte[] read(HttpClient client, String url, ExecutorService readers) throws IOException {
				return HealthyLeasesTests.read(stream(client, url));
			}
		};

		abstract byte[] read(HttpClient client, String url, ExecutorService readers) throws Exception;

		private static Callable<byte[]> reader(InputStream body) {
			return () -> {
				LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
				return HealthyLeasesTests.readSlowly(body);
			};
		}

	}

}
