/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.leaks;

import java.util.List;

import dev.holdfast.lab.leaks.LeakReport.Entry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LeakReportTests {

	private static final String JSON = """
			{"suspects":[{"pool":"leaky","target":"http://127.0.0.1:9090","operation":"GET /{scenario}","route":"/demo/leak",
			"handler":"dev.holdfast.sample.LeakController#leak(LeakCount, boolean)","kind":"abandoned",
			"evidence":"the request is over","ageMs":2100,"thread":null,"stack":[],"localPort":40000,
			"socket":{"state":"established","receiveQueue":12},
			"takenAt":["a.B.<init>(B.java:1)","dev.holdfast.sample.LeakyClient.leaveOpen(LeakyClient.java:42)"]},
			{"pool":"other","kind":"stuck"}],
			"reclaimed":[{"pool":"leaky","operation":"GET /{scenario}","route":"/demo/leak","handler":"C#m()",
			"tier":"certain","kind":"abandoned","ageMs":4100,"agoMs":900},{"pool":"other","tier":"certain"}],
			"totals":{"leases":5,"suspected":{"abandoned":5},"reclaimed":{"abandoned":5},"late":0}}""";

	@Test
	void readsWhatTheEndpointTellsOfAPool() {
		LeakReport report = LeakReport.parse(JSON).of("leaky");
		assertThat(report.suspects()).containsExactly(new Entry("leaky", "GET /{scenario}", "/demo/leak",
				"dev.holdfast.sample.LeakController#leak(LeakCount, boolean)", "abandoned", "",
				List.of("a.B.<init>(B.java:1)", "dev.holdfast.sample.LeakyClient.leaveOpen(LeakyClient.java:42)")));
		assertThat(report.reclaimed()).singleElement()
			.isEqualTo(new Entry("leaky", "GET /{scenario}", "/demo/leak", "C#m()", "abandoned", "certain", List.of()));
	}

	@Test
	void countsWhatWasTakenBackForAReason() {
		LeakReport report = LeakReport.parse(JSON);
		assertThat(report.reclaimed("certain")).isEqualTo(2);
		assertThat(report.of("leaky").reclaimed("certain")).isEqualTo(1);
		assertThat(report.reclaimed("abandoned")).isZero();
	}

	@Test
	void findsTheFrameThatTookALease() {
		Entry suspect = LeakReport.parse(JSON).suspects().get(0);
		assertThat(suspect.frame("LeakyClient\\.leaveOpen\\(LeakyClient\\.java:[1-9][0-9]*\\)"))
			.contains("dev.holdfast.sample.LeakyClient.leaveOpen(LeakyClient.java:42)");
		assertThat(suspect.frame("LeakyClient\\.check")).isEmpty();
	}

	@Test
	void whatIsMissingIsEmpty() {
		assertThat(LeakReport.parse("{}")).isEqualTo(LeakReport.EMPTY);
		assertThat(LeakReport.parse("{\"suspects\":null,\"reclaimed\":[]}")).isEqualTo(LeakReport.EMPTY);
		assertThat(LeakReport.parse("{\"suspects\":[{}]}").suspects())
			.containsExactly(new Entry("", "", "", "", "", "", List.of()));
	}

}
