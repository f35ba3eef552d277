/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import dev.holdfast.lifetime.CurrentLifetime;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.OwnedLifetime;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * Lets Micrometer's context carry the lifetime. Registered only where the application
 * asks for it: it carries its context into background work already, to trace it, and that
 * work must not end with a request because of us.
 */
final class LifetimeAccessor implements ThreadLocalAccessor<Lifetime>, InitializingBean, DisposableBean {

	static final String KEY = "holdfast.lifetime";

	@Override
	public Object key() {
		return KEY;
	}

	@Override
	public @Nullable Lifetime getValue() {
		// one that never ends is none
		return (Lifetime.current() instanceof OwnedLifetime lifetime) ? lifetime : null;
	}

	@Override
	public void setValue(Lifetime value) {
		CurrentLifetime.replace(value);
	}

	@Override
	public void setValue() {
		CurrentLifetime.clear();
	}

	@Override
	public void restore(Lifetime previousValue) {
		CurrentLifetime.restore(previousValue);
	}

	@Override
	public void restore() {
		CurrentLifetime.clear();
	}

	@Override
	public void afterPropertiesSet() {
		ContextRegistry.getInstance().registerThreadLocalAccessor(this);
	}

	@Override
	public void destroy() {
		ContextRegistry.getInstance().removeThreadLocalAccessor(KEY);
	}

}
