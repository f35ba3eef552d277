/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.patience;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExportTests {

	@Test
	void allRowsInTheirOrderAreWhole() {
		Export export = export(200, "row,1\nrow,2\nrow,3\nrow,4\nrow,5\n");
		assertThat(export.isWhole()).isTrue();
		assertThat(export.came()).isEqualTo(5);
		assertThat(export.firstSeconds()).isPositive().isLessThanOrEqualTo(export.seconds());
		assertThat(export.toString()).startsWith("5 of 5 rows, the first after ");
	}

	@Test
	void withoutTheLastRowItIsNotWhole() {
		Export export = export(200, "row,1\nrow,2\nrow,3\nrow,4\n");
		assertThat(export.isWhole()).isFalse();
		assertThat(export.toString()).startsWith("4 of 5 rows");
	}

	@Test
	void rowsThatAreMissingOrTooManyAreTrouble() {
		assertThat(export(200, "row,1\nrow,3\n").trouble()).isEqualTo("'row,3' after row 1");
		assertThat(export(200, "row,1\nrow,2\nrow,3\nrow,4\nrow,5\nrow,6\n").isWhole()).isFalse();
	}

	@Test
	void refusalIsTrouble() {
		Export export = export(503, "busy");
		assertThat(export.isWhole()).isFalse();
		assertThat(export.trouble()).contains("503");
	}

	private static Export export(int status, String text) {
		try (ShopServer server = new ShopServer("/demo/export", (exchange) -> {
			assertThat(exchange.getRequestURI().getQuery()).isEqualTo("seconds=1");
			exchange.sendResponseHeaders(status, 0);
			exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
		})) {
			return Export.read(server.port(), 1);
		}
	}

}
