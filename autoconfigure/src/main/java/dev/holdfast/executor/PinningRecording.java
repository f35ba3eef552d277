/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingStream;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * The flight recording that finds {@link PinnedThreads}. It begins when the application
 * is ready, on a thread of its own, because that takes half a second.
 */
final class PinningRecording implements ApplicationListener<ApplicationReadyEvent>, DisposableBean {

	private static final int FIRST_JDK = 21;

	private static final String EVENT = "jdk.VirtualThreadPinned";

	// the recording goes through files: they are to stay small
	private static final Duration KEPT = Duration.ofMinutes(1);

	private final PinnedThreads threads;

	private final boolean virtual;

	private final AtomicBoolean begun = new AtomicBoolean();

	private volatile @Nullable RecordingStream stream;

	PinningRecording(PinnedThreads threads, boolean virtual) {
		this.threads = threads;
		this.virtual = virtual;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		if (Runtime.version().feature() < FIRST_JDK) {
			this.threads
				.unavailable("this is JDK %d, which has no virtual threads".formatted(Runtime.version().feature()));
		}
		else if (!this.virtual) {
			this.threads.unavailable("spring.threads.virtual.enabled is not set");
		}
		else if (this.begun.compareAndSet(false, true)) {
			Thread thread = new Thread(this::record, "holdfast-pinning");
			thread.setDaemon(true);
			thread.start();
		}
	}

	private void record() {
		try (RecordingStream recording = new RecordingStream()) {
			this.stream = recording;
			recording.setMaxAge(KEPT);
			recording.setReuse(true);
			recording.enable(EVENT).withThreshold(PinnedThreads.THRESHOLD).withStackTrace();
			recording.onEvent(EVENT, (event) -> this.threads.pinned(event.getDuration(), place(event)));
			this.threads.unavailable(null);
			recording.start();
		}
		catch (IllegalStateException ex) {
			// closed before it began, or flight recording is switched off in this process
			this.threads.unavailable("the flight recording does not run (" + ex.getMessage() + ")");
		}
	}

	private static String place(RecordedEvent event) {
		String reason = event.hasField("pinnedReason") ? " (" + event.getString("pinnedReason") + ")" : "";
		RecordedStackTrace trace = event.getStackTrace();
		if (trace == null) {
			return "in a place that is not known" + reason;
		}
		return trace.getFrames()
			.stream()
			.filter(PinningRecording::isOfTheApplication)
			.findFirst()
			.map((frame) -> "in " + frame.getMethod().getType().getName() + "." + frame.getMethod().getName() + ":"
					+ frame.getLineNumber() + reason)
			.orElse("in the JDK itself" + reason);
	}

	private static boolean isOfTheApplication(RecordedFrame frame) {
		String type = frame.getMethod().getType().getName();
		return frame.isJavaFrame() && !type.startsWith("java.") && !type.startsWith("jdk.");
	}

	@Override
	public void destroy() {
		RecordingStream recording = this.stream;
		if (recording != null) {
			recording.close();
		}
	}

}
