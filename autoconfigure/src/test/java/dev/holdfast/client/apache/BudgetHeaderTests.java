/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.holdfast.lifetime.CurrentLifetime;
import dev.holdfast.lifetime.Deadline;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.lifetime.Ticker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What peers are told of the time that is left.
 */
@Tag("B7")
class BudgetHeaderTests {

	private static final String NAME = "X-Request-Timeout-Ms";

	private static final String BUSY = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n";

	private static final Duration TIME = Duration.ofSeconds(30);

	@Test
	void eachAttemptTellsWhatIsLeftByThen() {
		try (Peer peer = Peer.that((exchange) -> exchange.write((exchange.number() == 1) ? BUSY : Peer.OK));
				Bounded app = Bounded.with("holdfast.client.budget-header=" + NAME)) {
			call(app, peer, null);
			assertThat(peer.requests()).hasSize(2);
			List<Long> told = peer.requests().stream().map((request) -> millis(request, "(\\d+)")).toList();
			assertThat(told).allMatch((millis) -> millis > 0 && millis <= TIME.toMillis());
			assertThat(told.get(1)).isLessThan(told.get(0));
		}
	}

	@Test
	void nothingIsToldWithoutADeadlineOrWithoutTheSetting() {
		try (Peer peer = Peer.answering(Peer.OK);
				Bounded app = Bounded.with("holdfast.client.budget-header=" + NAME);
				Bounded plain = Bounded.with()) {
			app.get(peer.url());
			call(plain, peer, null);
			assertThat(peer.requests()).hasSize(2).noneMatch((request) -> request.contains(NAME));
		}
	}

	@Test
	void aHeaderOfTheApplicationStays() {
		try (Peer peer = Peer.answering(Peer.OK); Bounded app = Bounded.with("holdfast.client.budget-header=" + NAME)) {
			call(app, peer, "7");
			assertThat(peer.requests().get(0)).contains(NAME + ": 7\r\n").containsOnlyOnce(NAME);
		}
	}

	@Test
	void gRpcHasAFormOfItsOwn() {
		try (Peer peer = Peer.answering(Peer.OK);
				Bounded app = Bounded.with("holdfast.client.budget-header=grpc-timeout")) {
			call(app, peer, null);
			assertThat(millis(peer.requests().get(0), "(\\d+)m")).isBetween(1L, TIME.toMillis());
		}
	}

	private static void call(Bounded app, Peer peer, @Nullable String own) {
		Lifetime before = CurrentLifetime.replace(new OwnedLifetime(Deadline.after(TIME, Ticker.system())));
		try {
			app.client().get().uri(peer.url()).headers((headers) -> {
				if (own != null) {
					headers.set(NAME, own);
				}
			}).retrieve().toBodilessEntity();
		}
		finally {
			CurrentLifetime.replace(before);
		}
	}

	private static long millis(String request, String form) {
		Matcher told = Pattern.compile("(?im)^[a-z-]*timeout[a-z-]*: " + form + "$").matcher(request);
		assertThat(told.find()).as(request).isTrue();
		return Long.parseLong(told.group(1));
	}

}
