/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import dev.holdfast.lifetime.DrainStarted;
import dev.holdfast.lifetime.DrainWave;
import dev.holdfast.lifetime.Ticker;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.event.EventListener;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

/**
 * The event streams that are open, and how a drain closes them: oldest first, one after
 * the other, so that their clients do not come back elsewhere all at once.
 *
 * <p>
 * Without a window all are closed in the same moment. Nobody has time to go elsewhere
 * then anyway, and the graceful stop, which waits for every request, would otherwise last
 * as long as it may: streams do not end by themselves.
 */
final class EmitterDrain implements DisposableBean {

	/**
	 * Closing a stream writes to its peer, and waits for whoever writes to it now: so
	 * many that do not read can be kept before the others have to wait.
	 */
	static final int THREADS = 8;

	private static final Logger LOGGER = LoggerFactory.getLogger(EmitterDrain.class);

	private final Ticker ticker;

	private final Set<EmitterStream> open = ConcurrentHashMap.newKeySet();

	private final ReferenceQueue<ResponseBodyEmitter> collected = new ReferenceQueue<>();

	private final AtomicLong numbers = new AtomicLong();

	private final AtomicReference<@Nullable DrainWave<EmitterStream>> wave = new AtomicReference<>();

	EmitterDrain(Ticker ticker) {
		this.ticker = ticker;
	}

	/**
	 * A handler has returned an event stream. To be called before Spring writes to it:
	 * later its callbacks may be running.
	 * @param emitter what the handler has returned
	 * @return the stream, not yet open
	 */
	EmitterStream opening(ResponseBodyEmitter emitter) {
		forgetCollected();
		EmitterStream stream = new EmitterStream(emitter, this.numbers.getAndIncrement(), this.collected);
		emitter.onCompletion(() -> ended(stream));
		emitter.onTimeout(() -> ended(stream));
		emitter.onError((ex) -> ended(stream));
		return stream;
	}

	/**
	 * The stream is open.
	 * @param stream what {@link #opening} returned
	 */
	void opened(EmitterStream stream) {
		this.open.add(stream);
		if (stream.isOver()) {
			// it has ended before it was added
			this.open.remove(stream);
			return;
		}
		// a drain that begins now sees the stream in the set, or the stream sees the
		// drain here, or both: it is closed once
		DrainWave<EmitterStream> current = this.wave.get();
		if (current != null) {
			current.add(stream);
		}
	}

	private void ended(EmitterStream stream) {
		stream.end();
		this.open.remove(stream);
	}

	@EventListener
	void drainStarted(DrainStarted drain) {
		DrainWave<EmitterStream> begun = new DrainWave<>(drain, EmitterStream::close, THREADS, "holdfast-streams",
				this.ticker);
		replace(begun);
		forgetCollected();
		List<EmitterStream> streams = this.open.stream()
			.sorted(Comparator.comparingLong(EmitterStream::number))
			.toList();
		if (!streams.isEmpty()) {
			LOGGER.info("Closing {} event streams within {} ms", streams.size(), drain.window().toMillis());
		}
		begun.begin(streams);
	}

	@EventListener
	void availabilityChanged(AvailabilityChangeEvent<ReadinessState> event) {
		if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
			replace(null);
		}
	}

	private void replace(@Nullable DrainWave<EmitterStream> next) {
		DrainWave<EmitterStream> before = this.wave.getAndSet(next);
		if (before != null) {
			before.cancel();
		}
	}

	/**
	 * How many event streams are open.
	 * @return the number now
	 */
	int open() {
		forgetCollected();
		return this.open.size();
	}

	private void forgetCollected() {
		Reference<?> gone = this.collected.poll();
		while (gone != null) {
			this.open.remove(gone);
			gone = this.collected.poll();
		}
	}

	@Override
	public void destroy() {
		replace(null);
	}

}
