/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class ClientPropertiesTests {

	/** Each setting, for all clients and for one. */
	private static final Map<String, String[]> SETTINGS = Map.ofEntries(Map.entry("mode", of("off", "observe")),
			Map.entry("lease-timeout", of("1s", "101s")), Map.entry("dns-timeout", of("2s", "102s")),
			Map.entry("connect-timeout", of("3s", "103s")), Map.entry("tls-timeout", of("4s", "104s")),
			Map.entry("header-timeout", of("5s", "105s")), Map.entry("idle-timeout", of("6s", "106s")),
			Map.entry("write-timeout", of("7s", "107s")), Map.entry("call-timeout", of("8s", "108s")),
			Map.entry("max-connections-per-route", of("9", "109")), Map.entry("max-connections", of("10", "110")),
			Map.entry("idle-connection-timeout", of("11s", "111s")), Map.entry("max-connection-age", of("12s", "112s")),
			Map.entry("max-requests-per-connection", of("13", "113")), Map.entry("retry.mode", of("observe", "off")),
			Map.entry("retry.max-attempts", of("14", "114")), Map.entry("retry.budget-ratio", of("0.15", "0.16")),
			Map.entry("retry.budget-min-per-second", of("17", "117")), Map.entry("retry.max-pause", of("18s", "118s")),
			Map.entry("drain.max-bytes", of("19B", "119B")), Map.entry("drain.max-time", of("20s", "120s")),
			Map.entry("max-response-body", of("21B", "121B")), Map.entry("max-error-body", of("22B", "122B")),
			Map.entry("max-inflation", of("23", "123")), Map.entry("addresses.mode", of("enforce", "observe")),
			Map.entry("addresses.deny", of("internal", "external")),
			Map.entry("addresses.allow", of("10.0.0.1", "10.0.0.2")), Map.entry("priority-header", of("true", "false")),
			Map.entry("budget-header", of("X-All", "X-One")));

	@ParameterizedTest
	@MethodSource("settings")
	void whatIsSetForOneClientGoesBeforeWhatIsSetForAll(String key, String value) {
		Map<String, String> all = new HashMap<>();
		SETTINGS.forEach((name, values) -> all.put(name, values[0]));
		Map<String, String> one = Map.of(key, value);
		Map<String, String> expected = new HashMap<>(all);
		expected.putAll(one);
		assertThat(bind(one).over(bind(all))).isEqualTo(bind(expected)).isNotEqualTo(bind(all));
		assertThat(bind(one).over(bind(Map.of()))).isEqualTo(bind(one)).isNotEqualTo(bind(Map.of()));
	}

	private static Stream<Arguments> settings() {
		return SETTINGS.entrySet().stream().map((entry) -> Arguments.of(entry.getKey(), entry.getValue()[1]));
	}

	private static String[] of(String all, String one) {
		return new String[] { all, one };
	}

	private static ClientProperties bind(Map<String, String> settings) {
		return new Binder(new MapConfigurationPropertySource(settings)).bindOrCreate("", ClientProperties.class);
	}

}
