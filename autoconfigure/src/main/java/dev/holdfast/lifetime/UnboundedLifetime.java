/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lifetime;

import java.time.Duration;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The lifetime of work that belongs to no request: it never ends.
 */
enum UnboundedLifetime implements Lifetime {

	INSTANCE;

	@Override
	public Deadline deadline() {
		return Deadline.none();
	}

	@Override
	public Duration remaining() {
		return Deadline.FOREVER;
	}

	@Override
	public @Nullable EndReason endReason() {
		return null;
	}

	@Override
	public Registration onEnd(Consumer<? super EndReason> listener) {
		return OwnedLifetime.NOTHING_REGISTERED;
	}

	@Override
	public Lifetime within(Duration limit) {
		return new OwnedLifetime(Deadline.after(limit, Ticker.system()));
	}

	@Override
	public void cancellable() {
		// nobody ends it anyway
	}

}
