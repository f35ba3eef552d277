/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariDataSource;
import dev.holdfast.lifetime.EndReason;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.report.Mode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A request ends in the moment in which its statement does: whatever is cancelled, it is
 * never the next statement of that connection. With {@code -Dholdfast.long=true} there
 * are 20 000 races on each database.
 */
@Tag("B7")
class CancelRaceTests {

	private static final int RACES = Boolean.getBoolean("holdfast.long") ? 20_000 : 1_500;

	private static final int SPREAD_MICROS = 3_000;

	private enum Outcome {

		DONE, CANCELLED, NOT_SENT, NOT_LENT, CLOSED

	}

	@ParameterizedTest
	@EnumSource(Database.class)
	void aCancelNeverMeetsTheNextStatement(Database database) throws Exception {
		Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
		try (RequestPool requests = new RequestPool(database, Mode.ENFORCE, 1)) {
			for (int race = 0; race < RACES; race++) {
				OwnedLifetime lifetime = RequestPool.lifetime();
				CompletableFuture<Outcome> request = requests.start(lifetime,
						() -> outcome(lifetime, requests.pool(), database.brief()));
				spin(ThreadLocalRandom.current().nextInt(SPREAD_MICROS));
				lifetime.end(EndReason.CLIENT_GONE);
				// already waits for the connection, or takes it in the moment it comes
				// back
				assertThat(requests.ask(next(database))).as("after race %d", race).isEqualTo("7");
				outcomes.merge(request.get(10, TimeUnit.SECONDS), 1, Integer::sum);
			}
			assertThat(requests.pools().pools().get(0).active()).isZero();
		}
		System.out.printf("%s: %d races: %s%n", database, RACES, outcomes);
		assertThat(outcomes).containsKeys(Outcome.DONE, Outcome.CANCELLED);
	}

	// long enough to be met
	private static String next(Database database) {
		return (database == Database.H2)
				? "select 7 from (select count(*) as x from system_range(1, 40) a cross join system_range(1, 100) b where a.x * b.x < 0)"
				: "select 7 from pg_sleep(0.001)";
	}

	private static Outcome outcome(OwnedLifetime lifetime, HikariDataSource pool, String sql) throws SQLException {
		try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
			RequestPool.answer(statement, sql);
			return Outcome.DONE;
		}
		catch (RequestEndedException ex) {
			String message = String.valueOf(ex.getMessage());
			return message.contains("was cancelled") ? Outcome.CANCELLED
					: message.contains("was not sent") ? Outcome.NOT_SENT : Outcome.NOT_LENT;
		}
		catch (SQLException | RuntimeException | AssertionError ex) {
			// a result that is closed while it is read: drivers have no word for it
			if (lifetime.endReason() == null) {
				throw ex;
			}
			return Outcome.CLOSED;
		}
	}

	private static void spin(int micros) {
		long until = System.nanoTime() + TimeUnit.MICROSECONDS.toNanos(micros);
		while (System.nanoTime() - until < 0) {
			Thread.onSpinWait();
		}
	}

}
