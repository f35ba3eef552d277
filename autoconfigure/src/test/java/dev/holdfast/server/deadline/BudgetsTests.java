/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server.deadline;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("B7")
class BudgetsTests {

	private static final List<String> HEADERS = List.of("X-Request-Timeout-Ms", "grpc-timeout");

	private final Budgets budgets = new Budgets(List.of(range("10.0.0.0/8"), range("::1")), HEADERS,
			Duration.ofMillis(100));

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			X-Request-Timeout-Ms, 1500,         PT1.5S
			X-Request-Timeout-Ms, ' 250 ',      PT0.25S
			X-Request-Timeout-Ms, 0,            PT0S
			X-Request-Timeout-Ms, -1,           -
			X-Request-Timeout-Ms, 1.5,          -
			X-Request-Timeout-Ms, 1s,           -
			X-Request-Timeout-Ms, '',           -
			X-Request-Timeout-Ms, 9999999999999,-
			X-Request-Timeout-Ms, ٣٠٠,          -
			grpc-timeout,         2H,           PT2H
			grpc-timeout,         3M,           PT3M
			gRPC-Timeout,         4S,           PT4S
			grpc-timeout,         500m,         PT0.5S
			grpc-timeout,         99999999u,    PT99.999999S
			grpc-timeout,         1n,           PT0.000000001S
			grpc-timeout,         100000000u,   -
			grpc-timeout,         500,          -
			grpc-timeout,         m,            -
			grpc-timeout,         +5m,          -
			grpc-timeout,         '',           -
			""")
	void formats(String header, String value, @Nullable Duration expected) {
		assertThat(Budgets.parse(header, value)).isEqualTo(expected);
	}

	@Test
	void theShortestOfSeveralCounts() {
		from("10.1.2.3", "X-Request-Timeout-Ms", "3000");
		this.request.addHeader("grpc-timeout", "2S");
		assertThat(this.budgets.of(this.request)).isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void aBudgetBelowTheLeastIsTheLeast() {
		from("10.1.2.3", "X-Request-Timeout-Ms", "1");
		assertThat(this.budgets.of(this.request)).isEqualTo(Duration.ofMillis(100));
	}

	@Test
	void garbageIsIgnoredAndCounted() {
		from("10.1.2.3", "X-Request-Timeout-Ms", "soon");
		this.request.addHeader("grpc-timeout", "2S");
		assertThat(this.budgets.of(this.request)).isEqualTo(Duration.ofSeconds(2));
		assertThat(this.budgets.ignored()).isOne();
	}

	@ParameterizedTest
	@ValueSource(strings = { "192.0.2.1", "11.0.0.1", "::2", "not-an-address", "" })
	void strangersAreNotBelieved(String peer) {
		from(peer, "X-Request-Timeout-Ms", "1000");
		assertThat(this.budgets.of(this.request)).isNull();
		from(peer, "grpc-timeout", "garbage");
		assertThat(this.budgets.ignored()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "10.0.0.0", "10.255.255.255", "::ffff:10.1.1.1", "::1", "0:0:0:0:0:0:0:1", "[::1]",
			"[0:0:0:0:0:0:0:1]", "::1%lo" })
	void trustedPeersAreBelieved(String peer) {
		from(peer, "X-Request-Timeout-Ms", "1000");
		assertThat(this.budgets.of(this.request)).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void nobodyIsBelievedUnlessSomebodyIsTrusted() {
		Budgets none = new Budgets(List.of(), HEADERS, Duration.ofMillis(100));
		from("127.0.0.1", "X-Request-Timeout-Ms", "1000");
		assertThat(none.of(this.request)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "10.20.30.0/23, 10.20.31.255, true", "10.20.30.0/23, 10.20.32.0, false",
			"0.0.0.0/0, 203.0.113.9, true", "192.0.2.7, 192.0.2.7, true", "192.0.2.7, 192.0.2.8, false",
			"2001:db8::/33, 2001:db8:7fff::1, true", "2001:db8::/33, 2001:db8:8000::1, false",
			"0.0.0.0/0, ::1, false" })
	void ranges(String range, String address, boolean inside) {
		byte[] bytes = PeerRange.address(address);
		assertThat(bytes).isNotNull();
		assertThat(bytes != null && range(range).contains(bytes)).isEqualTo(inside);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0/8", "::1/129", "dead",
			"10.0.0.256", "1.2.3.4/" })
	void whatIsNoRange(String text) {
		assertThat(PeerRange.parse(text)).isNull();
	}

	private void from(String peer, String header, String value) {
		this.request.setRemoteAddr(peer);
		this.request.addHeader(header, value);
	}

	private static PeerRange range(String text) {
		PeerRange range = PeerRange.parse(text);
		assertThat(range).isNotNull();
		return (range != null) ? range : new PeerRange(new byte[0], 0);
	}

}
