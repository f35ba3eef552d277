/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.MediaType;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The route that never ends: one event a second, for as long as somebody listens. A few
 * threads send to all; a client that comes back goes on where it was.
 */
@RestController
class EventsController implements DisposableBean {

	private static final int THREADS = 2;

	private static final long UNLIMITED = 0;

	private final ScheduledThreadPoolExecutor timer;

	EventsController() {
		this.timer = new ScheduledThreadPoolExecutor(THREADS, new CustomizableThreadFactory("demo-events-"));
		this.timer.setRemoveOnCancelPolicy(true);
	}

	/**
	 * A heartbeat at once, so that the client knows that it is heard, then the events.
	 * @param count after how many events the stream ends; it does not end without it
	 * @param last number of the last event that the client has seen
	 */
	@GetMapping(path = "/demo/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter events(@RequestParam(required = false) @Nullable EventCount count,
			@RequestHeader(name = "Last-Event-ID", defaultValue = "0") long last) throws IOException {
		SseEmitter emitter = new SseEmitter(UNLIMITED);
		emitter.send(SseEmitter.event().comment("heartbeat"));
		Counter counter = new Counter(emitter, last, (count != null) ? last + count.value() : Long.MAX_VALUE);
		Future<?> ticks = this.timer.scheduleAtFixedRate(counter, 1, 1, TimeUnit.SECONDS);
		emitter.onCompletion(() -> ticks.cancel(false));
		return emitter;
	}

	/**
	 * How many streams somebody listens to.
	 */
	int open() {
		return this.timer.getQueue().size();
	}

	@Override
	public void destroy() {
		this.timer.shutdownNow();
	}

	/**
	 * One stream. An exception ends it: no tick follows.
	 */
	private static final class Counter implements Runnable {

		private final SseEmitter emitter;

		private final long end;

		private long number;

		Counter(SseEmitter emitter, long last, long end) {
			this.emitter = emitter;
			this.number = last;
			this.end = end;
		}

		@Override
		public void run() {
			this.number++;
			try {
				this.emitter.send(SseEmitter.event().id(Long.toString(this.number)).data(Long.toString(this.number)));
				if (this.number == this.end) {
					this.emitter.complete();
				}
			}
			catch (IOException ex) {
				// the client has left; Tomcat tells Spring, Jetty would keep the request
				this.emitter.completeWithError(ex);
				throw new IllegalStateException("Nobody listens any more", ex);
			}
		}

	}

}
