/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.peer;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A peer that goes on answering every request, and so keeps a connection of the client's
 * pool, until it lets go. It never pauses long enough for a timeout of a read.
 */
public final class Holder implements AutoCloseable {

	private final Semaphore held = new Semaphore(0);

	private final Semaphore letGo = new Semaphore(0);

	private final Peer peer;

	public Holder() {
		this.peer = Peer.start((wire) -> {
			while (wire.readRequest()) {
				wire.write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n");
				this.held.release();
				while (!this.letGo.tryAcquire(Peers.DRIP.toNanos(), TimeUnit.NANOSECONDS)) {
					wire.write("4\r\nmore\r\n");
				}
				wire.write("0\r\n\r\n");
			}
		});
	}

	public String url() {
		return this.peer.url();
	}

	/**
	 * Waits for requests to arrive.
	 * @param count how many
	 * @param limit longest wait
	 * @return whether they arrived
	 * @throws InterruptedException if interrupted
	 */
	public boolean awaitHeld(int count, Duration limit) throws InterruptedException {
		return this.held.tryAcquire(count, limit.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * Ends answers that are held, or the next ones to come.
	 * @param count how many
	 */
	public void letGo(int count) {
		this.letGo.release(count);
	}

	@Override
	public void close() {
		letGo(1000);
		this.peer.close();
	}

}
