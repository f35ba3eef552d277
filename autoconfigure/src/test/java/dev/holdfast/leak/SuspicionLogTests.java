/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.leak;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.logging.Level;

import dev.holdfast.lifetime.ManualTicker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is said of suspects: once for each place and state, with what can be done.
 */
@Tag("A1")
class SuspicionLogTests {

	private final ManualTicker ticker = new ManualTicker();

	private final CapturedLog log = new CapturedLog(SuspicionLog.class);

	private final SuspicionLog suspicions = new SuspicionLog(this.ticker);

	@AfterEach
	void close() {
		this.log.close();
	}

	@Test
	void manyOfOnePlaceAreOneLineWithTheirNumber() {
		List<Suspect> burst = List.of(suspect(SuspicionKind.ABANDONED), suspect(SuspicionKind.ABANDONED),
				suspect(SuspicionKind.ABANDONED));
		this.suspicions.look(burst);
		this.suspicions.look(burst);
		this.suspicions.look(burst.subList(0, 1));
		assertThat(this.log.lines(Level.WARNING)).containsExactly("3 connections of 'quotes' to "
				+ "http://quotes.test:80 for GET /quotes/{id} abandoned: the evidence; taken in GET /orders/{id} "
				+ "(Orders#one); at com.example.Quotes.get(Quotes.java:7). Close it where it is taken, in "
				+ "try-with-resources; holdfast.leak.reclaim says what is taken back");
		assertThat(this.log.lines()).hasSize(1);
	}

	@Test
	void aLargeNumberIsNotGroupedByTheLanguage() {
		this.suspicions.look(Collections.nCopies(1234, suspect(SuspicionKind.ABANDONED)));
		assertThat(this.log.lines()).singleElement().asString().startsWith("1234 connections of");
	}

	@Test
	void whatIsNotKnownIsLeftOut() {
		this.suspicions.look(List.of(suspect(new TestLease("quotes", ""), SuspicionKind.HELD)));
		assertThat(this.log.lines()).containsExactly("1 connection of 'quotes' to http://quotes.test:80 held: "
				+ "the evidence. Give it back before the long part of the work; holdfast.leak.suspect-after says when "
				+ "to ask");
	}

	@Test
	void eachPlaceAndEachStateIsHeardOf() {
		this.suspicions.look(List.of(suspect(SuspicionKind.ABANDONED), suspect(SuspicionKind.HELD),
				suspect(new TestLease("stock"), SuspicionKind.ABANDONED),
				suspect(new TestLease("quotes", "GET /other"), SuspicionKind.ABANDONED)));
		assertThat(this.log.lines()).hasSize(4).allMatch((line) -> line.startsWith("1 connection of"));
	}

	@ParameterizedTest
	@EnumSource
	void onlyWhatAHealthyApplicationDoesNotDoIsAWarning(SuspicionKind kind) {
		this.suspicions.look(List.of(suspect(kind)));
		boolean alarming = switch (kind) {
			case COLLECTED, ABANDONED, STUCK_WRITE, NEVER_CONNECTED -> true;
			case HELD, WAITING_FOR_PEER, SLOW_DRIP -> false;
		};
		assertThat(this.log.lines(alarming ? Level.WARNING : Level.INFO)).singleElement()
			.asString()
			.contains(" " + kind.label() + ": the evidence")
			.contains(". ")
			.contains("holdfast.");
		assertThat(this.log.lines()).hasSize(1);
	}

	@Test
	void theEndIsToldOnce() {
		this.suspicions.look(List.of(suspect(SuspicionKind.ABANDONED)));
		this.suspicions.look(List.of());
		this.suspicions.look(List.of());
		assertThat(this.log.lines(Level.INFO)).containsExactly(
				"No connection of 'quotes' to http://quotes.test:80 for GET /quotes/{id} abandoned any more");
	}

	@Test
	void aPlaceThatComesAndGoesIsHeardOfAgainAfterTenMinutes() {
		this.suspicions.look(List.of(suspect(SuspicionKind.ABANDONED)));
		for (int minute = 0; minute < 10; minute++) {
			this.suspicions.look(List.of());
			this.suspicions.look(List.of(suspect(SuspicionKind.ABANDONED)));
			this.ticker.advance(Duration.ofMinutes(1));
		}
		assertThat(this.log.lines(Level.WARNING)).hasSize(1);
		assertThat(this.log.lines(Level.INFO)).hasSize(1);
		this.ticker.advance(Duration.ofSeconds(1));
		this.suspicions.look(List.of(suspect(SuspicionKind.ABANDONED)));
		assertThat(this.log.lines(Level.WARNING)).hasSize(2);
	}

	@Test
	void oneThatStaysIsNotHeardOfAgain() {
		Suspect suspect = suspect(SuspicionKind.ABANDONED);
		for (int minute = 0; minute < 60; minute++) {
			this.suspicions.look(List.of(suspect));
			this.ticker.advance(Duration.ofMinutes(1));
		}
		assertThat(this.log.lines()).hasSize(1);
	}

	@Test
	void whatIsTakenBackIsToldOnceForEachPlace() {
		this.suspicions.reclaimed(suspect(SuspicionKind.COLLECTED), Reclaim.CERTAIN);
		this.suspicions.reclaimed(suspect(SuspicionKind.COLLECTED), Reclaim.CERTAIN);
		this.suspicions.look(List.of());
		assertThat(this.log.lines()).containsExactly("Taken back (certain), a connection of 'quotes' to "
				+ "http://quotes.test:80 for GET /quotes/{id} collected: the evidence; taken in GET /orders/{id} "
				+ "(Orders#one); at com.example.Quotes.get(Quotes.java:7). Close it where it is taken, in "
				+ "try-with-resources; holdfast.leak.reclaim says what is taken back");
		this.ticker.advance(Duration.ofMinutes(10).plusSeconds(1));
		this.suspicions.reclaimed(suspect(SuspicionKind.COLLECTED), Reclaim.CERTAIN);
		assertThat(this.log.lines(Level.WARNING)).hasSize(2);
	}

	@Test
	void thereIsABoundToThePlacesThatAreToldOf() {
		for (int i = 0; i < 1100; i++) {
			this.suspicions.reclaimed(suspect(new TestLease("quotes", "GET /" + i), SuspicionKind.COLLECTED),
					Reclaim.CERTAIN);
		}
		assertThat(this.log.lines()).hasSize(1000);
	}

	private static Suspect suspect(SuspicionKind kind) {
		Throwable taken = new Throwable();
		taken.setStackTrace(new StackTraceElement[] { new StackTraceElement("java.lang.Object", "wait", null, -2),
				new StackTraceElement("com.example.Quotes", "get", "Quotes.java", 7) });
		return suspect(new TestLease().during(new Origin("GET", "/orders/{id}", "Orders#one", true)).takenAt(taken),
				kind);
	}

	private static Suspect suspect(TestLease lease, SuspicionKind kind) {
		return new Suspect(lease, kind, "the evidence", lease.use());
	}

}
