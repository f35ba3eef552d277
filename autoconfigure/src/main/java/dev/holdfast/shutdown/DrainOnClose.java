/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.core.Ordered;

/**
 * Puts the drain where a context closes: it begins before all other listeners of the
 * {@link ContextClosedEvent} are told, and it is waited for after them, so that a
 * registry is told first. Lifecycle phases would be too late, because message listeners
 * have stopped by then.
 *
 * <p>
 * Listeners without an order come in the order in which they were added, so the one that
 * waits is added in the last moment: when readiness is taken away, which a context does
 * right before it closes.
 */
final class DrainOnClose implements SmartApplicationListener {

	private static final Logger LOGGER = LoggerFactory.getLogger(DrainOnClose.class);

	private final ConfigurableApplicationContext context;

	private final Drain drain;

	private final JvmShutdown jvm;

	private final PostponedListeners postponed;

	private final Last last = new Last();

	private volatile boolean served;

	private volatile boolean patient;

	DrainOnClose(ConfigurableApplicationContext context, Drain drain, JvmShutdown jvm, PostponedListeners postponed) {
		this.context = context;
		this.drain = drain;
		this.jvm = jvm;
		this.postponed = postponed;
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		if (event.getSource() != this.context) {
			// that of the management port ends as well, and its parent hears of it
			return;
		}
		if (event instanceof AvailabilityChangeEvent<?> change) {
			readiness(change.getState());
		}
		else if (event instanceof ContextClosedEvent closed) {
			begin(closed);
		}
	}

	private void readiness(Object state) {
		if (state == ReadinessState.ACCEPTING_TRAFFIC) {
			this.served = true;
		}
		else if (state == ReadinessState.REFUSING_TRAFFIC) {
			this.postponed.takeOut(this.context);
			this.context.removeApplicationListener(this.last);
			this.context.addApplicationListener(this.last);
		}
	}

	private void begin(ContextClosedEvent event) {
		this.postponed.keep(event);
		// one that never served has no traffic to wait for: SIGTERM during the start
		this.patient = this.served && hasServer() && this.jvm.isInProgress();
		this.drain.stop(this.patient);
	}

	private boolean hasServer() {
		return this.context instanceof WebServerApplicationContext web && web.getWebServer() != null;
	}

	private void waitFor(ContextClosedEvent event) {
		if (event.getApplicationContext() != this.context || !this.patient) {
			return;
		}
		try {
			this.drain.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		Drain.Snapshot now = this.drain.snapshot();
		LOGGER.info("The delay is over after {}: {} requests came meanwhile, {} in flight, {} connections open",
				DrainPlan.text(now.since()), now.begun(), now.inFlight(), now.openConnections());
	}

	@Override
	public boolean supportsEventType(Class<? extends ApplicationEvent> eventType) {
		return AvailabilityChangeEvent.class.isAssignableFrom(eventType)
				|| ContextClosedEvent.class.isAssignableFrom(eventType);
	}

	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

	/**
	 * The listener that waits. Not a lambda: its type says which event it is for.
	 */
	private final class Last implements ApplicationListener<ContextClosedEvent> {

		@Override
		public void onApplicationEvent(ContextClosedEvent event) {
			waitFor(event);
		}

	}

}
