/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.holdfast.client.Pool.Connections;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Answer of the pools endpoint.
 *
 * @param clients the clients by name
 */
record PoolsDescriptor(Map<String, ClientDescriptor> clients) implements OperationResponseBody {

	static PoolsDescriptor of(List<Pool> pools) {
		Map<String, ClientDescriptor> clients = new TreeMap<>();
		pools.forEach((pool) -> clients.put(pool.stats().client(), ClientDescriptor.of(pool)));
		return new PoolsDescriptor(clients);
	}

	/**
	 * A client.
	 *
	 * @param mode off, observe or enforce
	 * @param max connections at most, in all
	 * @param maxPerTarget connections at most, to one target
	 * @param createdInRequest whether it was built while a request was served
	 * @param retries decisions about another attempt so far
	 * @param blocked calls to forbidden addresses so far
	 * @param targets the targets: scheme, host and port
	 */
	record ClientDescriptor(String mode, int max, int maxPerTarget, boolean createdInRequest, Map<String, Long> retries,
			long blocked, Map<String, TargetDescriptor> targets) {

		static ClientDescriptor of(Pool pool) {
			ClientStats stats = pool.stats();
			Map<String, Connections> now = pool.connectionsByTarget();
			Map<String, TargetDescriptor> targets = new TreeMap<>();
			stats.targets()
				.forEach((target) -> targets.put(target.target(),
						TargetDescriptor.of(pool, target, now.getOrDefault(target.target(), Connections.NONE))));
			Map<String, Long> retries = new LinkedHashMap<>();
			for (RetryOutcome outcome : RetryOutcome.values()) {
				retries.put(outcome.label(), stats.retryCount(outcome));
			}
			Pool.Max max = pool.max();
			return new ClientDescriptor(pool.settings().mode().name().toLowerCase(Locale.ROOT), max.total(),
					max.perRoute(), pool.createdInRequest(), retries, stats.blockedCount(), targets);
		}

	}

	/**
	 * The connections to one target.
	 *
	 * @param leased in use
	 * @param idle open and free
	 * @param pending calls that wait for one
	 * @param draining bodies that are being read on close
	 * @param max connections at most
	 * @param opened opened so far
	 * @param closed closed so far, by reason
	 * @param reuseRatio share of the leases that found an open connection
	 * @param leaseWaitMs times waited for a connection
	 * @param tlsResumed handshakes that resumed a session
	 * @param tlsFull handshakes that did not
	 * @param holders who holds connections now, those that hold them longest first
	 */
	record TargetDescriptor(int leased, int idle, int pending, int draining, int max, long opened,
			Map<String, Long> closed, double reuseRatio, Percentiles leaseWaitMs, long tlsResumed, long tlsFull,
			List<String> holders) {

		static TargetDescriptor of(Pool pool, TargetStats target, Connections now) {
			Map<String, Long> closed = new LinkedHashMap<>();
			for (CloseReason reason : CloseReason.values()) {
				closed.put(reason.label(), target.closedCount(reason,
						() -> pool.connectionsByTarget().getOrDefault(target.target(), Connections.NONE).open()));
			}
			return new TargetDescriptor(now.leased(), now.idle(), now.pending(), target.drainingNow(), now.max(),
					target.openedCount(), closed, Math.round(1000 * target.reuseRatio()) / 1000.0,
					Percentiles.of(target.leases()), target.handshakes(true).count(), target.handshakes(false).count(),
					pool.holders(target.target()));
		}

	}

	/**
	 * Times in milliseconds, at most an eighth too high.
	 *
	 * @param p50 half of all are not longer
	 * @param p95 95 % are not longer
	 * @param p99 99 % are not longer
	 */
	record Percentiles(double p50, double p95, double p99) {

		static Percentiles of(TimeSketch sketch) {
			return new Percentiles(millis(sketch, 0.5), millis(sketch, 0.95), millis(sketch, 0.99));
		}

		private static double millis(TimeSketch sketch, double share) {
			return Math.round(1000 * sketch.millis(share)) / 1000.0;
		}

	}

}
