/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import java.net.URI;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import com.zaxxer.hikari.HikariConfig;
import dev.holdfast.lifetime.EndReason;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.report.Mode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A cancel may reach PostgreSQL before the statement that it is meant for.
 */
@Tag("A3")
class OvertakenStatementTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	@Test
	void isCancelledOnceItHasCome() throws Exception {
		URI server = URI.create(PrivatePostgres.url().substring("jdbc:".length()));
		try (HeldRelay relay = new HeldRelay(server.getPort());
				RequestPool requests = new RequestPool(through(relay, server), Mode.ENFORCE)) {
			OwnedLifetime lifetime = RequestPool.lifetime();
			CompletableFuture<String> work = requests.start(lifetime, () -> {
				try (Connection connection = requests.pool().getConnection();
						Statement statement = connection.createStatement()) {
					relay.hold();
					return RequestPool.answer(statement, Database.POSTGRESQL.endless());
				}
			});
			Awaitility.await().atMost(LIMIT).until(relay::isHolding);
			lifetime.end(EndReason.CLIENT_GONE);
			Awaitility.await().atMost(LIMIT).until(() -> relay.passed() > 0);
			assertThat(work).isNotDone();
			relay.release();
			// the statement takes 20 s
			assertThatExceptionOfType(CompletionException.class)
				.isThrownBy(() -> work.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join())
				.withCauseInstanceOf(RequestEndedException.class);
			assertThat(requests.count(Cancelled.STATEMENT)).isOne();
		}
	}

	private static HikariConfig through(HeldRelay relay, URI server) {
		HikariConfig configuration = Database.POSTGRESQL.configuration(1);
		configuration
			.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + relay.port() + server.getPath() + '?' + server.getQuery());
		return configuration;
	}

}
