/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.executor;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.holdfast.lifetime.CurrentLifetime;
import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.OwnedLifetime;
import io.micrometer.context.ContextExecutorService;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.core.task.AsyncTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("A7")
class LifetimeAccessorTests {

	private static final String PROPAGATE = "holdfast.executor.propagate-lifetime=true";

	private final OwnedLifetime first = new OwnedLifetime(Deadline.none());

	private final OwnedLifetime second = new OwnedLifetime(Deadline.none());

	private final ContextSnapshotFactory snapshots = ContextSnapshotFactory.builder().build();

	@AfterEach
	void nothingIsLeft() {
		assertThat(Lifetime.current()).isNotInstanceOf(OwnedLifetime.class);
		assertThat(isRegistered()).isFalse();
	}

	@Test
	void itIsThereOnlyWhereItIsAskedFor() {
		TaskContexts.ours().run((context) -> assertThat(isRegistered()).isFalse());
		TaskContexts.ours().withPropertyValues(PROPAGATE).run((context) -> assertThat(isRegistered()).isTrue());
		TaskContexts.ours()
			.withPropertyValues(PROPAGATE, "holdfast.enabled=false")
			.run((context) -> assertThat(isRegistered()).isFalse());
	}

	@Test
	void aForeignExecutorCarriesTheLifetimeAndNothingStaysOnItsThread() throws Exception {
		registered(() -> {
			ExecutorService pool = Executors.newSingleThreadExecutor();
			try {
				ExecutorService wrapped = ContextExecutorService.wrap(pool, this.snapshots::captureAll);
				Lifetime seen = within(this.first, () -> wrapped.submit(Lifetime::current).get());
				assertThat(seen).isSameAs(this.first);
				assertThat(pool.submit(Lifetime::current).get()).isNotInstanceOf(OwnedLifetime.class);
			}
			finally {
				pool.shutdownNow();
			}
			return null;
		});
	}

	@Test
	void aScopePutsBackWhatWasThere() throws Exception {
		registered(() -> {
			ContextSnapshot snapshot = within(this.first, this.snapshots::captureAll);
			return within(this.second, () -> {
				ContextSnapshot.Scope scope = snapshot.setThreadLocals();
				assertThat(Lifetime.current()).isSameAs(this.first);
				scope.close();
				assertThat(Lifetime.current()).isSameAs(this.second);
				return null;
			});
		});
	}

	@Test
	void aSnapshotWithoutALifetimeClearsItWhereThatIsWanted() throws Exception {
		registered(() -> {
			ContextSnapshot empty = ContextSnapshotFactory.builder().clearMissing(true).build().captureAll();
			return within(this.second, () -> {
				ContextSnapshot.Scope scope = empty.setThreadLocals();
				assertThat(Lifetime.current()).isNotInstanceOf(OwnedLifetime.class);
				scope.close();
				assertThat(Lifetime.current()).isSameAs(this.second);
				return null;
			});
		});
	}

	@Test
	void withContextThatTheUserPropagatesAlreadyBackgroundWorkStaysFree() throws Exception {
		TaskContexts.ours().withPropertyValues("spring.task.execution.propagate-context=true").run((context) -> {
			AsyncTaskExecutor executor = context.getBean(AsyncTaskExecutor.class);
			Lifetime seen = within(this.first, () -> executor.submit(Lifetime::current).get());
			assertThat(seen).isNotInstanceOf(OwnedLifetime.class);
		});
	}

	@Test
	void bothWaysOfCarryingGoTogether() throws Exception {
		TaskContexts.ours()
			.withPropertyValues(PROPAGATE, "spring.task.execution.propagate-context=true",
					"spring.task.execution.pool.core-size=1")
			.run((context) -> {
				AsyncTaskExecutor executor = context.getBean(AsyncTaskExecutor.class);
				assertThat(within(this.first, () -> executor.submit(Lifetime::current).get())).isSameAs(this.first);
				assertThat(executor.submit(Lifetime::current).get()).isNotInstanceOf(OwnedLifetime.class);
			});
	}

	private static boolean isRegistered() {
		return ContextRegistry.getInstance()
			.getThreadLocalAccessors()
			.stream()
			.anyMatch((accessor) -> accessor.key().equals(LifetimeAccessor.KEY));
	}

	private static void registered(Callable<?> test) throws Exception {
		LifetimeAccessor accessor = new LifetimeAccessor();
		accessor.afterPropertiesSet();
		try {
			test.call();
		}
		finally {
			accessor.destroy();
		}
	}

	private static <T> T within(Lifetime lifetime, Callable<T> work) throws Exception {
		Lifetime before = CurrentLifetime.replace(lifetime);
		try {
			return work.call();
		}
		finally {
			CurrentLifetime.replace(before);
		}
	}

}
