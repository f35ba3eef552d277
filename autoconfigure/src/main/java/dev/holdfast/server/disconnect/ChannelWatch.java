/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.disconnect;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.IllegalSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that a client has closed or reset the connection of a request that runs. A
 * channel belongs to its server, which does not look at it while the request runs; a
 * second selector does not interfere: each has its own set of interests. A channel that
 * becomes readable without bytes to read has been closed or reset by the client. What is
 * readable for another reason goes to the {@link Suspects}.
 * <p>
 * One thread, started when the first channel comes. It blocks without end while there is
 * nothing to watch. While there is, it selects for {@value #ROUND_MILLIS} milliseconds at
 * most: a channel that its server closes keeps its descriptor until the selector gives it
 * up, which it does in the next selection, and closing does not wake it.
 */
final class ChannelWatch implements AutoCloseable {

	static final String THREAD_NAME = "holdfast-disconnect";

	private static final long ROUND_MILLIS = 250;

	private static final Logger LOGGER = LoggerFactory.getLogger(ChannelWatch.class);

	private final HalfClose halfClose;

	private final Suspects suspects;

	private final Consumer<WatchedRequest> gone;

	private final Queue<WatchedRequest> arriving = new ConcurrentLinkedQueue<>();

	// so that many that arrive at once wake it once
	private final AtomicBoolean woken = new AtomicBoolean();

	// touched by the one thread only
	private final List<WatchedRequest> departed = new ArrayList<>();

	private final ReentrantLock starting = new ReentrantLock();

	private volatile @Nullable Selector selector;

	private volatile boolean closed;

	ChannelWatch(HalfClose halfClose, Suspects suspects, Consumer<WatchedRequest> gone) {
		this.halfClose = halfClose;
		this.suspects = suspects;
		this.gone = gone;
	}

	/**
	 * Watches the channel of a request until the request is over or its client has left.
	 * @param request the request
	 */
	void watch(WatchedRequest request) {
		Selector running = running();
		if (running != null) {
			this.arriving.add(request);
			if (this.woken.compareAndSet(false, true)) {
				running.wakeup();
			}
		}
	}

	private @Nullable Selector running() {
		Selector running = this.selector;
		return (running != null) ? running : start();
	}

	private @Nullable Selector start() {
		this.starting.lock();
		try {
			if (this.selector == null && !this.closed) {
				Selector opened = Selector.open();
				Thread thread = new Thread(() -> run(opened), THREAD_NAME);
				thread.setDaemon(true);
				thread.start();
				this.selector = opened;
			}
			return this.selector;
		}
		catch (IOException ex) {
			// no descriptor is left: this request is not watched, perhaps the next one is
			LOGGER.debug("No selector could be opened", ex);
			return null;
		}
		finally {
			this.starting.unlock();
		}
	}

	private void run(Selector opened) {
		boolean warned = false;
		while (opened.isOpen()) {
			try {
				round(opened);
				// who is told of an end may leave an interrupt: selecting would be
				// spinning
				Thread.interrupted();
			}
			catch (ClosedSelectorException ex) {
				// the end
			}
			catch (IOException | RuntimeException ex) {
				// Whoever watches must not fail because of one of the watched. What was
				// read from the queue and not registered is not watched.
				if (!warned) {
					warned = true;
					LOGGER.warn("The disconnect watch stumbled; it goes on, and does not say so again", ex);
				}
				LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(ROUND_MILLIS));
			}
		}
	}

	private void round(Selector opened) throws IOException {
		this.suspects.look(this.gone, this.arriving::add);
		// first the flag: who arrives from now on wakes us again
		this.woken.set(false);
		register(opened);
		boolean idle = opened.keys().isEmpty() && this.suspects.isEmpty();
		long millis = idle ? 0 : Math.min(ROUND_MILLIS, this.suspects.millisToNextLook());
		opened.select(this::ready, millis);
		// not within the selection, which holds locks
		this.departed.forEach(this.gone);
		this.departed.clear();
	}

	private void register(Selector opened) {
		WatchedRequest postponed = null;
		for (WatchedRequest request = this.arriving.poll(); request != null; request = this.arriving.poll()) {
			SocketChannel channel = request.channel();
			if (channel == null || request.isOver()) {
				continue;
			}
			try {
				request.registered(channel.register(opened, SelectionKey.OP_READ, request));
			}
			catch (CancelledKeyException ex) {
				// The key of the request before on this connection is not yet given up:
				// that is done by the next selection.
				postponed = request;
				break;
			}
			catch (ClosedChannelException | IllegalBlockingModeException | IllegalSelectorException ex) {
				// its server has closed it or uses it in another way
			}
		}
		if (postponed != null) {
			this.arriving.add(postponed);
			opened.wakeup();
		}
	}

	private void ready(SelectionKey key) {
		// it stays ready: asking again would spin
		key.cancel();
		WatchedRequest request = (WatchedRequest) key.attachment();
		if (!(key.channel() instanceof SocketChannel channel) || !channel.isOpen()) {
			return;
		}
		boolean nothing = isNothingToRead(channel);
		// A request that is over may have let its server read what made it ready. One
		// with a body reads at any time.
		if (request.isOver() || request.isAnswered()) {
			return;
		}
		boolean closed = nothing && !request.hasBody() && this.halfClose == HalfClose.GONE;
		if (closed || this.suspects.isKnownToHaveLeft(request, channel)) {
			this.departed.add(request);
		}
		else {
			this.suspects.add(request, channel);
		}
	}

	private static boolean isNothingToRead(SocketChannel channel) {
		try {
			return channel.socket().getInputStream().available() == 0;
		}
		catch (IOException ex) {
			return true;
		}
		catch (UnsupportedOperationException ex) {
			// a path in the file system
			return false;
		}
	}

	@Override
	public void close() throws IOException {
		this.starting.lock();
		try {
			this.closed = true;
			Selector running = this.selector;
			if (running != null) {
				running.close();
			}
		}
		finally {
			this.starting.unlock();
		}
	}

}
