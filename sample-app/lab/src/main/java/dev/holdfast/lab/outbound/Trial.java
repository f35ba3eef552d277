/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import dev.holdfast.client.CallFailure;
import org.jspecify.annotations.Nullable;

import org.springframework.web.client.RestClientResponseException;

/**
 * One call and how it ended.
 *
 * @param elapsed how long it took, or how long it was watched
 * @param ended whether it ended at all
 * @param thrown what it ended with, if not with success
 */
record Trial(Duration elapsed, boolean ended, @Nullable Throwable thrown) {

	/**
	 * Makes a call on a thread of its own and gives up watching it after a while.
	 * @param call the call
	 * @param patience how long it is watched
	 * @return how it ended
	 * @throws InterruptedException if interrupted
	 */
	static Trial of(Call call, Duration patience) throws InterruptedException {
		AtomicReference<@Nullable Trial> outcome = new AtomicReference<>();
		CountDownLatch done = new CountDownLatch(1);
		Thread thread = new Thread(() -> {
			outcome.set(timed(call));
			done.countDown();
		}, "trial");
		thread.setDaemon(true);
		thread.start();
		boolean ended = done.await(patience.toNanos(), TimeUnit.NANOSECONDS);
		Trial trial = outcome.get();
		return (ended && trial != null) ? trial : new Trial(patience, false, null);
	}

	private static Trial timed(Call call) {
		long begin = System.nanoTime();
		try {
			call.make();
			return new Trial(Duration.ofNanos(System.nanoTime() - begin), true, null);
		}
		catch (Exception | Error ex) {
			return new Trial(Duration.ofNanos(System.nanoTime() - begin), true, ex);
		}
	}

	/**
	 * Our failure, wherever it is among the causes.
	 * @return the failure, if there is one
	 */
	Optional<CallFailure> failure() {
		for (Throwable cause = this.thrown; cause != null; cause = cause.getCause()) {
			if (cause instanceof CallFailure failure) {
				return Optional.of(failure);
			}
		}
		return Optional.empty();
	}

	/**
	 * Everything that is said about the failure.
	 * @return the messages of all causes
	 */
	String messages() {
		StringBuilder messages = new StringBuilder();
		for (Throwable cause = this.thrown; cause != null; cause = cause.getCause()) {
			messages.append(cause.getMessage()).append('\n');
		}
		return messages.toString();
	}

	/**
	 * Status of an answer that is an error.
	 * @return the status, or 0
	 */
	int status() {
		return (this.thrown instanceof RestClientResponseException answer) ? answer.getStatusCode().value() : 0;
	}

	double millis() {
		return this.elapsed.toNanos() / (double) TimeUnit.MILLISECONDS.toNanos(1);
	}

	/**
	 * How it ended, in a word.
	 * @return kind and phase of our failure, a status, or the name of another's exception
	 */
	String ending() {
		if (!this.ended) {
			return "no end";
		}
		if (this.thrown == null) {
			return "no failure";
		}
		Throwable root = this.thrown;
		for (Throwable cause = root; cause != null; cause = cause.getCause()) {
			root = cause;
		}
		String other = (status() != 0) ? Integer.toString(status()) : root.getClass().getSimpleName();
		return failure().map((failure) -> failure.kind().label() + "/" + failure.phase().label()).orElse(other);
	}

	/**
	 * How long it took, in seconds.
	 * @return such as 0.51 s or &gt; 30 s
	 */
	String seconds() {
		return this.ended ? String.format(Locale.ROOT, "%.2f s", millis() / 1000)
				: "> " + this.elapsed.toSeconds() + " s";
	}

	/**
	 * Something that takes time and may fail.
	 */
	@FunctionalInterface
	interface Call {

		void make() throws Exception;

	}

}
