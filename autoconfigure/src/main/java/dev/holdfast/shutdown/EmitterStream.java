/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicBoolean;

import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;

/**
 * One open event stream. Weak, because the container does not always say that a request
 * is over, and the emitter lives as long as the request does.
 */
final class EmitterStream extends WeakReference<ResponseBodyEmitter> {

	private final long number;

	private final AtomicBoolean over = new AtomicBoolean();

	EmitterStream(ResponseBodyEmitter emitter, long number, ReferenceQueue<ResponseBodyEmitter> collected) {
		super(emitter, collected);
		this.number = number;
	}

	/**
	 * Streams are numbered in the order in which they are opened.
	 * @return the number
	 */
	long number() {
		return this.number;
	}

	/**
	 * The stream has ended by itself: nobody may complete it any more.
	 */
	void end() {
		this.over.set(true);
	}

	boolean isOver() {
		return this.over.get();
	}

	/**
	 * Ends the stream as the application would, at most once. If the application does so
	 * in the same moment Spring ignores the second of the two.
	 */
	void close() {
		ResponseBodyEmitter emitter = get();
		if (emitter != null && this.over.compareAndSet(false, true)) {
			emitter.complete();
		}
	}

}
