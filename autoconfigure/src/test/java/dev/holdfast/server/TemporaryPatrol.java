/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.holdfast.inflight.Inspection;
import dev.holdfast.inflight.RunningRequests;

import org.springframework.beans.factory.ObjectProvider;

final class TemporaryPatrol implements AutoCloseable {

	private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();

	TemporaryPatrol(ObjectProvider<RunningRequests> provider, ObjectProvider<Inspection> inspections) {
		RunningRequests running = provider.getIfAvailable(() -> new RunningRequests(System::nanoTime));
		this.executor.scheduleWithFixedDelay(
				() -> running.oldestFirst()
					.forEach((request) -> inspections
						.forEach((inspection) -> inspection.inspect(request, running.age(request)))),
				50, 50, TimeUnit.MILLISECONDS);
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

}
