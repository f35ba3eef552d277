/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.IOException;
import java.time.Duration;

import dev.holdfast.lab.rollout.Cell.Balancer;
import dev.holdfast.lab.rollout.Cell.Protocol;
import dev.holdfast.lab.rollout.Cell.Traffic;
import dev.holdfast.lab.tool.Tool;

/**
 * The balancer of a cell and the traffic through it.
 *
 * @param cell the cell
 * @param front its balancer
 * @param stretch its traffic
 * @param client what has to be closed of the client
 */
record Access(Cell cell, Front front, Stretch stretch, Runnable client) implements AutoCloseable {

	/** Holds a thread for a while, so that there are always requests in flight. */
	private static final String PATH = "/demo/sleep?ms=20";

	static Access open(Cell cell, Timing timing) throws IOException {
		double perSecond = (cell.traffic() == Traffic.TRICKLE) ? Timing.TRICKLE_PER_SECOND : timing.perSecond();
		boolean http2 = cell.fleet().protocol() == Protocol.H2C;
		return switch (cell.balancer()) {
			case CHECKS, DELAYED -> {
				Haproxy haproxy = Haproxy.start(cell.balancer() == Balancer.CHECKS, http2);
				yield new Access(cell, haproxy, through(haproxy, cell.traffic(), perSecond), Access::nothing);
			}
			case NGINX -> {
				NginxProxy nginx = NginxProxy.start();
				yield new Access(cell, nginx, new OpenLoop(nginx.port(), PATH, perSecond), Access::nothing);
			}
			case DIRECT -> {
				DirectFront front = DirectFront.start();
				Caller caller = http2 ? new Http2Caller() : new PooledCaller();
				yield new Access(cell, front, new DirectLoop(front, caller, PATH, perSecond), caller::close);
			}
		};
	}

	private static Stretch through(Haproxy haproxy, Traffic traffic, double perSecond) {
		return switch (traffic) {
			case HEAVY, TRICKLE -> new OpenLoop(haproxy.port(), PATH, perSecond);
			case WRK -> new ClosedLoopTool(Tool.WRK, "http://127.0.0.1:" + haproxy.port() + PATH);
			case H2LOAD -> new ClosedLoopTool(Tool.H2LOAD, "http://127.0.0.1:" + haproxy.http2Port() + PATH);
		};
	}

	private static void nothing() {
	}

	Load startLoad(Timing timing, boolean brief) {
		boolean trickle = this.cell.traffic() == Traffic.TRICKLE;
		Duration stretch = Duration.ofSeconds(brief ? 6 : trickle ? 60 : 20);
		return Load.start(this.stretch, stretch, timing.requests(this.cell.traffic()));
	}

	@Override
	public void close() {
		try (this.front) {
			this.client.run();
		}
	}

}
