/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

class PostgresTests {

	@BeforeEach
	void isInstalled() {
		if (Boolean.getBoolean("holdfast.ci")) {
			assertThat(Postgres.missing()).isEmpty();
		}
		assumeThat(Postgres.missing()).isEmpty();
	}

	@Test
	void servesWhoKnowsThePasswordAndLeavesNothingBehind() throws Exception {
		Postgres postgres = Postgres.start();
		Connection connection = postgres.connect();
		Path folder = folder(connection);
		String url = postgres.arguments().get(0).replace("--spring.datasource.url=", "");
		try (postgres) {
			assertThat(String.join(" ", postgres.arguments())).doesNotContain("password=");
			assertThat(Files.readString(folder.resolve("datasource.properties")))
				.startsWith("spring.datasource.password=");
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> DriverManager.getConnection(url, "demo", "guessed").close())
				.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("28P01"));
		}
		// in spite of the connection that is open
		assertThat(folder).doesNotExist();
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> postgres.connect().close());
		connection.close();
	}

	@Test
	void tellsAnApplicationWhereItIs() throws IOException, InterruptedException {
		try (Postgres postgres = Postgres.start()) {
			List<String> arguments = postgres.arguments();
			assertThat(arguments)
				.anyMatch((argument) -> argument.startsWith("--spring.datasource.url=jdbc:postgresql://127.0.0.1:"))
				.contains("--spring.datasource.username=demo")
				.anyMatch((argument) -> argument.matches("--spring.config.additional-location=file:.*\\.properties"));
		}
	}

	private static Path folder(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SHOW data_directory")) {
			rows.next();
			return Path.of(rows.getString(1)).resolveSibling("").toAbsolutePath();
		}
	}

}
