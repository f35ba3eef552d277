/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

import dev.holdfast.inflight.RunningRequest;
import dev.holdfast.lifetime.EndReason;
import dev.holdfast.lifetime.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Ends what still runs near the end of the web server's graceful stop. The server would
 * close connections without a byte and interrupt the threads; here requests are told
 * first, by their lifetime and then by an interrupt, and whatever they have not answered
 * yet is answered with 503. What was ended is reported with its stack.
 */
final class CutOff implements SmartLifecycle {

	private static final Logger LOGGER = LoggerFactory.getLogger(CutOff.class);

	private static final Duration LOOK = Duration.ofMillis(20);

	private final DrainPlan plan;

	private final Drain drain;

	private final Traffic traffic;

	private final boolean graceful;

	private final Ticker ticker;

	private volatile boolean running;

	CutOff(DrainPlan plan, Drain drain, Traffic traffic, boolean graceful, Ticker ticker) {
		this.plan = plan;
		this.drain = drain;
		this.traffic = traffic;
		this.graceful = graceful;
		this.ticker = ticker;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public void stop(Runnable callback) {
		stop();
		if (!this.graceful) {
			callback.run();
			return;
		}
		if (this.traffic.inFlight() == 0) {
			this.drain.requestsEnded(0);
			callback.run();
			return;
		}
		Thread thread = new Thread(() -> {
			try {
				this.drain.requestsEnded(finish(this.ticker.nanos()));
			}
			finally {
				callback.run();
			}
		}, "holdfast-cut-off");
		thread.setDaemon(true);
		thread.start();
	}

	// how many requests were ended
	private int finish(long begin) {
		long patience = this.plan.phase().minus(this.plan.reserve()).toNanos();
		if (isDone(begin, patience)) {
			return 0;
		}
		List<RunningRequest> cut = this.traffic.running().oldestFirst();
		CutReport.log(cut, this.traffic.running(), this.plan);
		cut.forEach((request) -> request.cancel(EndReason.SHUTDOWN));
		long reserve = this.plan.reserve().toNanos();
		if (!isDone(begin, patience + reserve / 4)) {
			cut.forEach(CutOff::interrupt);
		}
		if (!isDone(begin, patience + reserve * 3 / 4)) {
			LOGGER.warn("{} requests did not end when they were told to: their connections will be closed",
					this.traffic.inFlight());
		}
		return cut.size();
	}

	private boolean isDone(long begin, long nanos) {
		while (this.traffic.inFlight() > 0) {
			if (this.ticker.nanos() - begin >= nanos) {
				return false;
			}
			LockSupport.parkNanos(this, LOOK.toNanos());
		}
		return true;
	}

	// The thread may have come to the end of its request in this moment. The port is
	// closed, so it has no next one that could be hit.
	private static void interrupt(RunningRequest request) {
		Thread thread = request.thread();
		if (thread != null && !request.isEnded()) {
			thread.interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
	}

	@Override
	public boolean isPauseable() {
		return false;
	}

}
