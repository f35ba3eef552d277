/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a cancel may meet.
 */
@Tag("B7")
class StatementGateTests {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Duration LITTLE = Duration.ofMillis(20);

	private final AtomicInteger cancels = new AtomicInteger();

	private final CountDownLatch cancelling = new CountDownLatch(1);

	private final CountDownLatch release = new CountDownLatch(1);

	private final Statement statement = stub(Statement.class, (proxy, method, arguments) -> switch (method.getName()) {
		case "unwrap" -> proxy;
		case "cancel" -> this.cancels.incrementAndGet();
		default -> null;
	});

	private final Statement slow = stub(Statement.class, (proxy, method, arguments) -> {
		if (method.getName().equals("cancel")) {
			this.cancelling.countDown();
			assertThat(this.release.await(10, TimeUnit.SECONDS)).isTrue();
			this.cancels.incrementAndGet();
		}
		return method.getName().equals("unwrap") ? proxy : null;
	});

	@Test
	void idleStatementIsNotCancelled() throws Exception {
		StatementGate gate = new StatementGate(this.statement);
		assertThat(gate.isBusy()).isFalse();
		assertThat(gate.cancel()).isFalse();
		gate.begin(PATIENCE);
		gate.end(PATIENCE);
		assertThat(gate.cancel()).isFalse();
		assertThat(this.cancels).hasValue(0);
		assertThat(gate.isCancelled()).isFalse();
	}

	@Test
	void runningStatementIsCancelledAgainAsLongAsItRuns() throws Exception {
		StatementGate gate = new StatementGate(this.statement);
		assertThat(gate.begin(PATIENCE)).isTrue();
		assertThat(gate.busy()).isEqualTo(Cancelled.STATEMENT);
		assertThat(gate.cancel()).isTrue();
		assertThat(gate.cancel()).isTrue();
		gate.end(PATIENCE);
		assertThat(gate.cancel()).isFalse();
		assertThat(this.cancels).hasValue(2);
		assertThat(gate.isCancelled()).isTrue();
	}

	@Test
	void statementThatIsOverWaitsForTheCancelThatIsUnderWay() throws Exception {
		StatementGate gate = new StatementGate(this.slow);
		gate.begin(PATIENCE);
		CompletableFuture<Boolean> cancel = cancel(gate);
		assertThat(this.cancelling.await(10, TimeUnit.SECONDS)).isTrue();
		CompletableFuture<Boolean> ended = new CompletableFuture<>();
		Thread over = new Thread(() -> ended.complete(end(gate) && this.cancels.get() == 1));
		over.start();
		Awaitility.await().until(() -> over.getState() == Thread.State.TIMED_WAITING);
		this.release.countDown();
		assertThat(ended.get(10, TimeUnit.SECONDS)).isTrue();
		assertThat(cancel.get(10, TimeUnit.SECONDS)).isTrue();
		assertThat(gate.cancel()).isFalse();
	}

	@Test
	void interruptDoesNotEndTheWait() throws Exception {
		StatementGate gate = new StatementGate(this.slow);
		gate.begin(PATIENCE);
		CompletableFuture<Boolean> cancel = cancel(gate);
		assertThat(this.cancelling.await(10, TimeUnit.SECONDS)).isTrue();
		CompletableFuture<Boolean> kept = new CompletableFuture<>();
		Thread over = new Thread(() -> {
			end(gate);
			kept.complete(Thread.currentThread().isInterrupted() && this.cancels.get() == 1);
		});
		over.start();
		Awaitility.await().until(() -> over.getState() == Thread.State.TIMED_WAITING);
		over.interrupt();
		this.release.countDown();
		assertThat(kept.get(10, TimeUnit.SECONDS)).isTrue();
		assertThat(cancel.get(10, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void cancelThatDoesNotEndIsTold() throws Exception {
		StatementGate gate = new StatementGate(this.slow);
		gate.begin(PATIENCE);
		CompletableFuture<Boolean> cancel = cancel(gate);
		assertThat(this.cancelling.await(10, TimeUnit.SECONDS)).isTrue();
		assertThatExceptionOfType(StatementGate.CancelStuckException.class).isThrownBy(() -> gate.end(LITTLE));
		gate.close(LITTLE);
		this.release.countDown();
		cancel.get(10, TimeUnit.SECONDS);
		assertThat(gate.cancel()).isFalse();
		assertThat(gate.begin(PATIENCE)).isFalse();
	}

	@Test
	void closedStatementIsNotCancelled() throws Exception {
		StatementGate gate = new StatementGate(this.statement);
		gate.begin(PATIENCE);
		gate.close(PATIENCE);
		assertThat(gate.cancel()).isFalse();
		gate.end(PATIENCE);
		assertThat(this.cancels).hasValue(0);
	}

	@Test
	void openRowsAreClosedAndClosedOnesLeftAlone() throws Exception {
		AtomicInteger closes = new AtomicInteger();
		ResultSet rows = stub(ResultSet.class, (proxy, method, arguments) -> switch (method.getName()) {
			case "unwrap" -> proxy;
			case "isClosed" -> closes.get() > 0;
			case "close" -> closes.incrementAndGet();
			default -> null;
		});
		StatementGate gate = new StatementGate(this.statement);
		gate.reading(rows);
		assertThat(gate.busy()).isEqualTo(Cancelled.CURSOR);
		assertThat(gate.cancel()).isFalse();
		assertThat(closes).hasValue(1);
		assertThat(gate.busy()).isNull();
		assertThat(gate.cancel()).isFalse();
		assertThat(this.cancels).hasValue(1);
	}

	@Test
	void refusedCancelIsNone() throws Exception {
		StatementGate gate = new StatementGate(stub(Statement.class, (proxy, method, arguments) -> {
			if (method.getName().equals("cancel")) {
				throw new SQLFeatureNotSupportedException("cancel");
			}
			return proxy;
		}));
		gate.begin(PATIENCE);
		assertThatExceptionOfType(SQLException.class).isThrownBy(gate::cancel);
		assertThat(gate.isCancelled()).isFalse();
		gate.end(LITTLE);
	}

	@Test
	void twoThreadsMayExecuteOneStatement() throws Exception {
		StatementGate gate = new StatementGate(this.statement);
		assertThat(gate.begin(PATIENCE)).isTrue();
		assertThat(gate.begin(PATIENCE)).isFalse();
		gate.end(PATIENCE);
		assertThat(gate.begin(PATIENCE)).isTrue();
	}

	private static CompletableFuture<Boolean> cancel(StatementGate gate) {
		CompletableFuture<Boolean> outcome = new CompletableFuture<>();
		new Thread(() -> {
			try {
				outcome.complete(gate.cancel());
			}
			catch (SQLException ex) {
				outcome.completeExceptionally(ex);
			}
		}).start();
		return outcome;
	}

	private static boolean end(StatementGate gate) {
		try {
			gate.end(PATIENCE);
			return true;
		}
		catch (StatementGate.CancelStuckException ex) {
			return false;
		}
	}

	private static <T> T stub(Class<T> type, InvocationHandler handler) {
		return type.cast(Proxy.newProxyInstance(StatementGateTests.class.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> {
					Object result = handler.invoke(proxy, method, arguments);
					return (method.getReturnType() == void.class) ? null : result;
				}));
	}

}
