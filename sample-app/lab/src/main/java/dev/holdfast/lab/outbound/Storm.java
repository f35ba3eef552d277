/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import dev.holdfast.lab.peer.Peer;

import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Calls at a rate to a peer that fails them all.
 *
 * @param calls how many
 * @param rate calls a second
 * @param length from the first call to the end of the last
 * @param attempts what the peer has read
 * @param finished whether all calls came to an end
 */
record Storm(int calls, int rate, Duration length, long attempts, boolean finished) {

	private static final Duration PATIENCE = Duration.ofMinutes(3);

	static Storm of(RestClient client, Peer peer, int calls, int rate) throws InterruptedException {
		CountDownLatch done = new CountDownLatch(calls);
		long begin = System.nanoTime();
		for (int i = 0; i < calls; i++) {
			awaitTurn(begin + i * TimeUnit.SECONDS.toNanos(1) / rate);
			Thread thread = new Thread(() -> call(client, peer, done), "storm-" + i);
			thread.setDaemon(true);
			thread.start();
		}
		boolean finished = done.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
		return new Storm(calls, rate, Duration.ofNanos(System.nanoTime() - begin), peer.requests(), finished);
	}

	private static void awaitTurn(long at) {
		for (long left = at - System.nanoTime(); left > 0; left = at - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}

	private static void call(RestClient client, Peer peer, CountDownLatch done) {
		try {
			client.get().uri(peer.url() + "/quotes/{id}", 7).retrieve().toBodilessEntity();
		}
		catch (RestClientException ex) {
			// every call fails
		}
		finally {
			done.countDown();
		}
	}

	long retries() {
		return this.attempts - this.calls;
	}

	double seconds() {
		return this.length.toMillis() / 1000.0;
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT, "%d calls, %d attempts in %.1f s%s", this.calls, this.attempts, seconds(),
				this.finished ? "" : ", not finished");
	}

}
