/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.jdbc;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a JDBC URL may show.
 */
class JdbcTargetTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			jdbc:h2:mem:demo | jdbc:h2:mem:demo
			jdbc:h2:mem:demo;DB_CLOSE_DELAY=-1;PASSWORD=secret | jdbc:h2:mem:demo
			jdbc:h2:tcp://localhost:9092/~/demo | jdbc:h2:tcp://localhost:9092/~/demo
			jdbc:postgresql://one:5432,two:5432/demo?a=b | jdbc:postgresql://one:5432,two:5432/demo
			jdbc:postgresql://me:secret@db:5432/demo | jdbc:postgresql://db:5432/demo
			jdbc:mysql://me:se@cret@db:3306/demo?useSSL=true | jdbc:mysql://db:3306/demo
			jdbc:mysql://me:se?cret@db:3306/demo | jdbc:mysql:
			jdbc:mysql://me:se;cret@db:3306/demo | jdbc:mysql:
			jdbc:mysql://address=(host=db)(user=me)(password=secret)/demo | jdbc:mysql:
			jdbc:oracle:thin:me/secret@//db:1521/demo | jdbc:oracle:thin://db:1521/demo
			jdbc:oracle:thin:@db:1521:demo | jdbc:oracle:thin:db:1521:demo
			jdbc:sqlserver://db:1433;databaseName=x;password=secret | jdbc:sqlserver://db:1433
			jdbc:db2://db:50000/demo:user=me;password=secret; | jdbc:db2:
			nonsense//me:secret@db | ''
			- | ''
			""")
	void nothingSecretIsShown(@Nullable String url, String target) {
		assertThat(JdbcTarget.of(url)).isEqualTo(target).doesNotContain("cret").doesNotContain("me:");
	}

}
