/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.io.InputStream;
import java.util.Comparator;
import java.util.List;

import dev.holdfast.leak.CallSites;
import dev.holdfast.leak.CallStack;
import dev.holdfast.leak.Lease;
import dev.holdfast.leak.Reclaim;
import dev.holdfast.leak.Stacks;
import dev.holdfast.leak.Suspect;
import dev.holdfast.leak.SuspicionKind;
import org.example.shop.Quotes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * After the first suspicion it is known where the next leases of that place are taken.
 */
@Tag("A1")
class TakenHereTests {

	private static final String LARGE = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000);

	@Test
	void theLineIsKnownOfTheLeasesAfterTheFirstSuspicion() throws IOException {
		try (Peer peer = Peer.answering(LARGE);
				Peer other = Peer.answering(LARGE);
				Bounded app = Bounded.with(List.of(Sites.class), Leaks.PATIENT)) {
			Leaks leaks = new Leaks(app, Reclaim.NONE, app.bean(CallSites.class));
			Quotes quotes = new Quotes(app.client());
			try (InputStream first = quotes.first(peer.url())) {
				assertThat(newest(app).taken()).isNull();
				leaks.await(SuspicionKind.ABANDONED);
				try (InputStream second = quotes.second(peer.url());
						InputStream elsewhere = quotes.first(other.url())) {
					assertThat(newest(app).target() + "/").isEqualTo(other.url());
					assertThat(newest(app).taken()).isNull();
					Lease taken = app.bean(HttpLeases.class)
						.leases()
						.stream()
						.filter((lease) -> lease.taken() != null)
						.findFirst()
						.orElseThrow();
					assertThat(taken.target() + "/").isEqualTo(peer.url());
					List<String> lines = CallStack.application(taken.taken());
					assertThat(lines.get(0)).startsWith("org.example.shop.Quotes.open(Quotes.java:");
					assertThat(lines.get(1)).startsWith("org.example.shop.Quotes.second(Quotes.java:");
					assertThat(first.read()).isEqualTo(second.read()).isEqualTo(elsewhere.read());
				}
			}
		}
	}

	@Test
	void theLineIsKnownOfACallThatIsLedElsewhere() throws IOException {
		try (Peer other = Peer.answering(LARGE);
				Peer peer = Peer
					.answering("HTTP/1.1 302 Found\r\nLocation: " + other.url() + "\r\nContent-Length: 0\r\n\r\n");
				Bounded app = Bounded.with(List.of(Sites.class), Leaks.PATIENT)) {
			Leaks leaks = new Leaks(app, Reclaim.NONE, app.bean(CallSites.class));
			Quotes quotes = new Quotes(app.client());
			try (InputStream first = quotes.first(peer.url())) {
				Suspect suspect = leaks.await(SuspicionKind.ABANDONED);
				assertThat(suspect.lease().target() + "/").isEqualTo(other.url());
				assertThat(suspect.lease().taken()).isNull();
				try (InputStream second = quotes.second(peer.url())) {
					assertThat(newest(app).target() + "/").isEqualTo(other.url());
					List<String> lines = CallStack.application(newest(app).taken());
					assertThat(lines.get(0)).startsWith("org.example.shop.Quotes.open(Quotes.java:");
					assertThat(lines.get(1)).startsWith("org.example.shop.Quotes.second(Quotes.java:");
					assertThat(first.read()).isEqualTo(second.read());
				}
			}
		}
	}

	private static Lease newest(Bounded app) {
		return app.bean(HttpLeases.class)
			.leases()
			.stream()
			.min(Comparator.comparingLong((lease) -> lease.use().ageNanos()))
			.orElseThrow();
	}

	/**
	 * Shared by clients and detector.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Sites {

		@Bean
		CallSites callSites() {
			return new CallSites(Stacks.ADAPTIVE);
		}

	}

}
