/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A wrong setting stops the start and says which key, what value, from where, and what to
 * do.
 */
@Tag("C1")
@ExtendWith(OutputCaptureExtension.class)
class BadSettingsTests {

	@ParameterizedTest(name = "{0}={1}")
	@CsvSource(delimiter = '|', textBlock = """
			holdfast.concurrency.limit           | 0        | at least 1
			holdfast.concurrency.limit           | many     | 'auto'
			holdfast.concurrency.max-queued      | -1       | at least 0
			holdfast.concurrency.async-limit     | 0        | at least 1
			holdfast.concurrency.max-wait        | -1ms     | between 0 and 1h
			holdfast.concurrency.max-wait        | 900d     | between 0 and 1h
			holdfast.concurrency.retry-after     | 0s       | between 1s and 1d
			holdfast.concurrency.status          | 500      | 503 or 429
			holdfast.concurrency.filter-order    | first    | 'highest'
			holdfast.concurrency.exclude         | health   | begins with '/'
			holdfast.concurrency.mode            | on       | enforce
			holdfast.concurrency.algorithm       | magic    | fixed
			holdfast.routes.a.pattern            | /{open   | path pattern
			holdfast.routes.a.pattern            | nowhere  | begins with '/'
			""")
	void valueThatMakesNoSense(String key, String value, String remedy, CapturedOutput output) {
		assertThatTheStartStops(key + "=" + value);
		assertThat(output).contains("APPLICATION FAILED TO START", key, value, "commandLineArgs")
			.containsIgnoringCase(remedy);
	}

	@ParameterizedTest(name = "{0}={1}")
	@CsvSource(delimiter = '|', textBlock = """
			holdfast.routes.a.limit    | 0     | at least 1
			holdfast.routes.a.methods  | FETCH | one of
			holdfast.routes.a.priority | high  | critical
			holdfast.routes.a.limt     | 5     | limt
			""")
	void routeThatMakesNoSense(String key, String value, String remedy, CapturedOutput output) {
		assertThatTheStartStops("holdfast.routes.a.pattern=/a", key + "=" + value);
		assertThat(output).contains("APPLICATION FAILED TO START", key, value).containsIgnoringCase(remedy);
	}

	@ParameterizedTest
	@CsvSource("holdfast.routes.a.limit=5,holdfast.routes.a.pattern")
	void routeWithoutAPattern(String setting, String missing, CapturedOutput output) {
		assertThatTheStartStops(setting);
		assertThat(output).contains("APPLICATION FAILED TO START", missing);
	}

	@ParameterizedTest
	@CsvSource("holdfast.concurrency.limits=5,holdfast.concurrency.limits")
	void keyThatNobodyReads(String setting, String unknown, CapturedOutput output) {
		assertThatTheStartStops(setting);
		assertThat(output).contains("APPLICATION FAILED TO START", unknown);
	}

	private static void assertThatTheStartStops(String... settings) {
		assertThatThrownBy(() -> RunningApplication.start(ServerKind.TOMCAT, settings)).isInstanceOf(Exception.class);
	}

}
