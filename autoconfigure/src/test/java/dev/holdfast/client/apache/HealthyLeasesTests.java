/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Responses that somebody still has are never taken for lost, whatever of them is kept,
 * while the whole heap is collected again and again. Each worker keeps many responses at
 * a time, of every kind, at first untouched and then read in part; those that were there
 * before a collection and after a look that followed it are counted. With
 * {@code -Dholdfast.long=true} there are a million responses.
 */
@Tag("A1")
class HealthyLeasesTests {

	private static final boolean LONG = Boolean.getBoolean("holdfast.long");

	private static final int LEASES = LONG ? 1_000_000 : 20_000;

	/** Collections at least: where these take longer, there are more responses. */
	private static final int COLLECTIONS = LONG ? 300 : 30;

	private static final int WORKERS = 8;

	/** Responses that each worker keeps. */
	private static final int HELD = 16;

	private static final int CONNECTIONS = WORKERS * HELD;

	private static final Kept[] WAYS = Kept.values();

	/**
	 * Of so many turns of all ways one waits, while it is being read, for a collection.
	 */
	private static final int LASTING = LEASES / WAYS.length / (LONG ? 32 : 2);

	private static final long CADENCE = TimeUnit.MILLISECONDS.toNanos(250);

	private static final byte[] BODY = body();

	private final AtomicInteger next = new AtomicInteger();

	/** Collections that have begun. */
	private final AtomicInteger begun = new AtomicInteger();

	/** Collections that are over and were followed by a look. */
	private final AtomicInteger looked = new AtomicInteger();

	private final AtomicInteger outlasted = new AtomicInteger();

	private final AtomicInteger outlastedWhileRead = new AtomicInteger();

	private final AtomicIntegerArray untouched = new AtomicIntegerArray(WAYS.length);

	private final AtomicIntegerArray readInPart = new AtomicIntegerArray(WAYS.length);

	@Test
	void noneIsCalledLost() throws Exception {
		ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
		ExecutorService readers = Executors.newFixedThreadPool(WORKERS);
		try (RepeatingPeer peer = new RepeatingPeer(answers());
				Bounded app = Bounded.with("holdfast.client.max-connections-per-route=" + CONNECTIONS,
						"holdfast.client.max-requests-per-connection=1000000000",
						"holdfast.client.max-connection-age=1d")) {
			HttpClient client = ((HttpComponentsClientHttpRequestFactory) app.bean(HttpClients.class)
				.requestFactory("default")).getHttpClient();
			LeakDetector detector = new LeakDetector(
					new LeakSettings(Duration.ofMinutes(5), Reclaim.CERTAIN, null, Stacks.OFF),
					() -> List.of(app.bean(HttpLeases.class)), new CallSites(Stacks.OFF), Ticker.system());
			long start = System.nanoTime();
			List<Future<Integer>> results = new ArrayList<>();
			for (int worker = 0; worker < WORKERS; worker++) {
				results.add(workers.submit(() -> work(client, peer.url(), readers)));
			}
			Looks looks = new Looks();
			while (!results.stream().allMatch(Future::isDone)) {
				collectAndLook(detector, looks);
			}
			int complete = 0;
			for (Future<Integer> result : results) {
				complete += result.get();
			}
			print(complete, (System.nanoTime() - start) / 1e9, looks);
			assertThat(complete).isGreaterThanOrEqualTo(LEASES);
			assertNothingWasSuspected(detector);
			assertManyWereLookedAt(looks);
			app.awaitLeased(0);
			assertThat(app.calls()).isEmpty();
			assertThat(app.closed()).isEmpty();
			assertThat(peer.connections()).isLessThanOrEqualTo(CONNECTIONS);
		}
		finally {
			workers.shutdownNow();
			readers.shutdownNow();
		}
	}

	private static void assertNothingWasSuspected(LeakDetector detector) {
		assertThat(detector.counts().reclaimedCount(Reclaim.CERTAIN)).isZero();
		assertThat(detector.reclaimed()).isEmpty();
		for (SuspicionKind kind : SuspicionKind.values()) {
			assertThat(detector.counts().of(new LeakCounts.Key("default", kind.label(), false))).as("%s", kind)
				.isZero();
		}
	}

	// somebody has looked, at leases that were there, after collections
	private void assertManyWereLookedAt(Looks looks) {
		assertThat(this.begun).hasValueGreaterThanOrEqualTo(COLLECTIONS);
		assertThat(looks.count).isGreaterThan(LONG ? 10_000 : 1000);
		assertThat(looks.most).isGreaterThan(CONNECTIONS / 2);
		assertThat(this.outlasted).hasValueGreaterThanOrEqualTo(LONG ? 30_000 : 300);
		assertThat(this.outlastedWhileRead).hasValueGreaterThanOrEqualTo(LONG ? 32 * WAYS.length : 2 * WAYS.length);
		for (int i = 0; i < WAYS.length; i++) {
			assertThat(this.untouched.get(i)).as("%s", WAYS[i]).isGreaterThanOrEqualTo(LONG ? 500 : 5);
			assertThat(this.readInPart.get(i)).as("%s", WAYS[i]).isGreaterThanOrEqualTo(LONG ? 500 : 5);
		}
	}

	private void print(int complete, double seconds, Looks looks) {
		System.out.printf(Locale.ROOT,
				"%d leases in %.1f s, %.0f/s; %d collections of the heap (%.0f ms each), %d looks, %.0f leases open at a "
						+ "collection; %d leases have outlasted one, %d while they were read%n",
				complete, seconds, complete / seconds, this.begun.get(), looks.collecting / 1e6 / this.begun.get(),
				looks.count, looks.open / (double) this.begun.get(), this.outlasted.get(),
				this.outlastedWhileRead.get());
		Map<Kept, String> byWay = new EnumMap<>(Kept.class);
		for (int i = 0; i < WAYS.length; i++) {
			byWay.put(WAYS[i], this.untouched.get(i) + "+" + this.readInPart.get(i));
		}
		System.out.println("of these untouched + read in part: " + byWay);
	}

	// a collection stops everybody: at most a third of the time goes into them
	private void collectAndLook(LeakDetector detector, Looks looks) {
		long start = System.nanoTime();
		int number = this.begun.incrementAndGet();
		System.gc();
		long took = System.nanoTime() - start;
		looks.collecting += took;
		looks.at(detector);
		looks.open += detector.leases();
		this.looked.set(number);
		long until = System.nanoTime() + Math.max(CADENCE, 2 * took);
		while (System.nanoTime() - until < 0) {
			looks.at(detector);
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
		}
	}

	private int work(HttpClient client, String url, ExecutorService readers) throws Exception {
		Deque<Lease> held = new ArrayDeque<>();
		int complete = 0;
		while (true) {
			int number = this.next.getAndIncrement();
			boolean more = number < LEASES || this.looked.get() < COLLECTIONS;
			if (more) {
				Kept way = WAYS[number % WAYS.length];
				held.add(new Lease(number, way.take(new Kept.Turn(client, url + "/" + way, readers))));
			}
			while (held.size() >= HELD || (!more && !held.isEmpty())) {
				Lease oldest = held.remove();
				if (oldest.begin()) {
					held.add(oldest);
				}
				else {
					oldest.finish();
					complete++;
				}
			}
			if (!more) {
				return complete;
			}
		}
	}

	private void outlast() {
		int seen = this.begun.get();
		while (this.looked.get() <= seen) {
			LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(500));
			if (Thread.interrupted()) {
				throw new IllegalStateException("The test is over");
			}
		}
		this.outlastedWhileRead.incrementAndGet();
	}

	private static byte[] body() {
		byte[] body = new byte[12_000];
		for (int i = 0; i < body.length; i++) {
			body[i] = (byte) ((i % 100 == 99) ? '\n' : 'A' + (i * 31 + i / 256) % 26);
		}
		return body;
	}

	private static Map<String, List<byte[]>> answers() {
		byte[] zipped = zipped();
		Map<Kept, List<byte[]>> answers = new EnumMap<>(Kept.class);
		for (Kept way : WAYS) {
			answers.put(way, List.of(joined(head("Content-Length: " + BODY.length), BODY)));
		}
		answers.put(Kept.ZIPPED,
				List.of(joined(head("Content-Encoding: gzip\r\nContent-Length: " + zipped.length), zipped)));
		int piece = BODY.length / 3;
		List<byte[]> pieces = new ArrayList<>();
		pieces.add(head("Transfer-Encoding: chunked"));
		for (int sent = 0; sent < BODY.length; sent += piece) {
			pieces.add(joined(bytes(Integer.toHexString(piece) + "\r\n"), Arrays.copyOfRange(BODY, sent, sent + piece),
					bytes("\r\n")));
		}
		pieces.add(bytes("0\r\n\r\n"));
		answers.put(Kept.SLOW, pieces);
		Map<String, List<byte[]>> byPath = new HashMap<>();
		answers.forEach((way, answer) -> byPath.put("/" + way, answer));
		return byPath;
	}

	private static byte[] head(String fields) {
		return bytes("HTTP/1.1 200 OK\r\n" + fields + "\r\n\r\n");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.ISO_8859_1);
	}

	private static byte[] joined(byte[]... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		for (byte[] part : parts) {
			all.writeBytes(part);
		}
		return all.toByteArray();
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

	/**
	 * Looks of the detector.
	 */
	private static final class Looks {

		private int count;

		private int most;

		private long open;

		private long collecting;

		private void at(LeakDetector detector) {
			detector.look();
			this.count++;
			this.most = Math.max(this.most, detector.leases());
		}

	}

	/**
	 * A lease that a worker has. A collection that has begun after a response was there,
	 * and was looked after while it still was, could have been mistaken about it.
	 */
	private final class Lease {

		private final int number;

		private final Kept.Held held;

		private final int taken = HealthyLeasesTests.this.begun.get();

		private int touched = -1;

		private Lease(int number, Kept.Held held) {
			this.number = number;
			this.held = held;
		}

		private boolean begin() throws Exception {
			if (this.touched >= 0) {
				return false;
			}
			if (HealthyLeasesTests.this.looked.get() > this.taken) {
				HealthyLeasesTests.this.untouched.incrementAndGet(this.number % WAYS.length);
			}
			this.held.begin();
			this.touched = HealthyLeasesTests.this.begun.get();
			return true;
		}

		private void finish() throws Exception {
			if (HealthyLeasesTests.this.looked.get() > this.touched) {
				HealthyLeasesTests.this.readInPart.incrementAndGet(this.number % WAYS.length);
			}
			boolean lasts = this.number / WAYS.length % LASTING == 0;
			Runnable pause = () -> {
				if (lasts) {
					outlast();
				}
				if (HealthyLeasesTests.this.looked.get() > this.taken) {
					HealthyLeasesTests.this.outlasted.incrementAndGet();
				}
			};
			byte[] read = this.held.finish(pause);
			if (!Arrays.equals(read, BODY)) {
				throw new AssertionError("Lease " + this.number + ": " + read.length + " bytes");
			}
		}

	}

}
