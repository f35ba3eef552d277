/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.jspecify.annotations.Nullable;

/**
 * Open-loop generator: one thread sends every request when the schedule says so, however
 * slow the answers are. Latency counts from the intended send time, so that a stalled
 * server is charged for the requests that had to wait. A client gives up at its deadline
 * and closes the connection.
 */
public final class LoadGenerator {

	private static final long LEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

	/** Selecting waits in whole milliseconds: below one, park this long between looks. */
	private static final long PARK_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

	private static final int BATCH = 32;

	private final LoadPlan plan;

	private final Schedule schedule;

	private final List<ByteBuffer> requests;

	private final Addresses addresses;

	private final Recorder recorder;

	private final long deadlineNanos;

	private final Selector selector;

	private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);

	private final Deque<Connection> idle = new ArrayDeque<>();

	/** In the order of their deadlines, which is the order of sending. */
	private final Deque<Exchange> undecided = new ArrayDeque<>();

	/** Due, but every connection is busy. */
	private final Deque<Exchange> waiting = new ArrayDeque<>();

	private int open;

	private int next;

	private LoadGenerator(LoadPlan plan, Selector selector) {
		this.plan = plan;
		this.selector = selector;
		this.schedule = Schedule.of(plan.phases(), plan.mix(), plan.seed());
		this.requests = plan.mix().targets().stream().map((target) -> target.request(plan.port())).toList();
		this.addresses = new Addresses(plan.addresses(), plan.port());
		this.deadlineNanos = plan.deadline().toNanos();
		this.recorder = new Recorder(plan, System.nanoTime() + LEAD_NANOS);
	}

	public static LoadResult run(LoadPlan plan) throws IOException {
		try (Selector selector = Selector.open()) {
			LoadGenerator generator = new LoadGenerator(plan, selector);
			generator.loop();
			return generator.recorder.result();
		}
	}

	private void loop() throws IOException {
		try {
			while (this.next < this.schedule.size() || !this.undecided.isEmpty()) {
				sendDue();
				giveUpLate();
				await();
			}
		}
		finally {
			Set.copyOf(this.selector.keys()).forEach((key) -> ((Connection) key.attachment()).close());
		}
	}

	private void sendDue() throws IOException {
		long start = this.recorder.startNanos();
		for (int i = 0; i < BATCH && this.next < this.schedule.size(); i++) {
			long intended = start + this.schedule.at(this.next);
			long lag = System.nanoTime() - intended;
			if (lag < 0) {
				return;
			}
			Exchange exchange = new Exchange(this.schedule.phase(this.next), this.schedule.target(this.next), intended);
			this.next++;
			this.recorder.sent(exchange, lag);
			this.undecided.add(exchange);
			dispatch(exchange);
		}
	}

	private void dispatch(Exchange exchange) {
		// whoever has closed one of those that were idle may have closed them all
		Connection connection = (exchange.resent && this.open < this.plan.maxConnections()) ? null
				: this.idle.pollLast();
		if (connection == null && this.open >= this.plan.maxConnections()) {
			this.recorder.starved();
			this.waiting.add(exchange);
			return;
		}
		try {
			if (connection == null) {
				connection = Connection.open(this.selector, this.addresses.next());
				this.open++;
				this.recorder.opened(this.open);
			}
			connection.send(exchange, this.requests.get(exchange.target));
		}
		catch (IOException ex) {
			broken(exchange, connection);
		}
	}

	private void giveUpLate() {
		long now = System.nanoTime();
		while (true) {
			Exchange head = this.undecided.peekFirst();
			if (head == null || (!head.done && now - head.intendedNanos < this.deadlineNanos)) {
				return;
			}
			this.undecided.removeFirst();
			if (!head.done) {
				head.done = true;
				this.recorder.late(head);
				discard(head.connection);
			}
		}
	}

	private void await() throws IOException {
		long untilNanos = nextEventNanos() - System.nanoTime();
		if (untilNanos >= TimeUnit.MILLISECONDS.toNanos(1)) {
			this.selector.select(this::onReady, TimeUnit.NANOSECONDS.toMillis(untilNanos));
			return;
		}
		if (untilNanos > 0 && this.selector.selectNow(this::onReady) == 0) {
			LockSupport.parkNanos(Math.min(PARK_NANOS, untilNanos));
		}
		this.selector.selectNow(this::onReady);
	}

	private long nextEventNanos() {
		Exchange head = this.undecided.peekFirst();
		long deadline = (head != null) ? head.intendedNanos + this.deadlineNanos : Long.MAX_VALUE;
		if (this.next < this.schedule.size()) {
			return Math.min(deadline, this.recorder.startNanos() + this.schedule.at(this.next));
		}
		return (head != null) ? deadline : System.nanoTime();
	}

	private void onReady(SelectionKey key) {
		Connection connection = (Connection) key.attachment();
		try {
			switch (connection.advance(this.buffer)) {
				case COMPLETE -> complete(connection);
				case CLOSED -> lost(connection);
				case WAITING -> {
				}
			}
		}
		catch (IOException ex) {
			lost(connection);
		}
	}

	private void complete(Connection connection) {
		Exchange exchange = connection.exchange;
		connection.exchange = null;
		if (exchange != null && !exchange.done) {
			exchange.done = true;
			long latency = System.nanoTime() - exchange.intendedNanos;
			if (latency > this.deadlineNanos) {
				this.recorder.late(exchange);
			}
			else {
				this.recorder.answered(exchange, latency, connection.response);
			}
		}
		if (connection.isReusable()) {
			this.idle.addLast(connection);
			sendWaiting();
		}
		else {
			discard(connection);
		}
	}

	private void lost(Connection connection) {
		Exchange exchange = connection.exchange;
		boolean repeat = connection.lostWhileIdle();
		this.idle.remove(connection);
		discard(connection);
		if (exchange == null || exchange.done) {
			return;
		}
		if (repeat && !exchange.resent) {
			exchange.resent = true;
			dispatch(exchange);
		}
		else {
			broken(exchange, null);
		}
	}

	private void broken(Exchange exchange, @Nullable Connection connection) {
		if (connection != null && connection.lostWhileIdle() && !exchange.resent) {
			exchange.resent = true;
			discard(connection);
			dispatch(exchange);
			return;
		}
		exchange.done = true;
		this.recorder.broken(exchange);
		discard(connection);
	}

	private void discard(@Nullable Connection connection) {
		if (connection != null) {
			connection.exchange = null;
			connection.close();
			this.open--;
			sendWaiting();
		}
	}

	private void sendWaiting() {
		Exchange exchange = this.waiting.pollFirst();
		while (exchange != null && exchange.done) {
			exchange = this.waiting.pollFirst();
		}
		if (exchange != null) {
			dispatch(exchange);
		}
	}

}
