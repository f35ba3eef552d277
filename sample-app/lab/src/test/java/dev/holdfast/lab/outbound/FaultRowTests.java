/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FaultRowTests {

	private static final Expected AT_THE_LIMIT = new Expected("anything", true, (trial) -> true);

	private static final Expected BEFORE_THE_LIMIT = new Expected("anything", false, (trial) -> true);

	@Test
	void fiftyLateAtTheMedianIsInTime() {
		assertThat(row(AT_THE_LIMIT, 501, 550, 740).isInTime()).isTrue();
		assertThat(row(AT_THE_LIMIT, 501, 551, 740).isInTime()).isFalse();
	}

	@Test
	void quarterOfASecondLateIsInTimeOnce() {
		assertThat(row(AT_THE_LIMIT, 501, 502, 750).isInTime()).isTrue();
		assertThat(row(AT_THE_LIMIT, 501, 502, 751).isInTime()).isFalse();
	}

	@Test
	void whatEndsBeforeTheLimitWasNotEndedByIt() {
		assertThat(row(AT_THE_LIMIT, 3, 502, 503).isInTime()).isFalse();
		assertThat(row(BEFORE_THE_LIMIT, 3, 502, 503).isInTime()).isTrue();
	}

	@Test
	void whatDoesNotEndIsLate() {
		Fault fault = fault(BEFORE_THE_LIMIT);
		FaultRow row = new FaultRow(fault, List.of(new Trial(Duration.ZERO, false, null)), OptionalInt.of(0),
				OptionalInt.of(0));
		assertThat(row.isInTime()).isFalse();
		assertThat(row.worst()).startsWith("> ");
	}

	@Test
	void unknownLeasesAreNotNone() {
		Fault fault = fault(AT_THE_LIMIT);
		assertThat(new FaultRow(fault, List.of(), OptionalInt.empty(), OptionalInt.of(0)).leavesNothing()).isFalse();
		assertThat(new FaultRow(fault, List.of(), OptionalInt.of(1), OptionalInt.of(0)).leavesNothing()).isFalse();
		assertThat(new FaultRow(fault, List.of(), OptionalInt.of(0), OptionalInt.of(0)).leavesNothing()).isTrue();
	}

	@Test
	void aConnectionInThePoolIsGoodWhereItIsExpectedOnly() {
		Fault fault = fault(AT_THE_LIMIT);
		assertThat(keeping(fault, OptionalInt.of(0)).keepsWhatIsGood()).isTrue();
		assertThat(keeping(fault, OptionalInt.of(1)).keepsWhatIsGood()).isFalse();
		assertThat(keeping(fault, OptionalInt.empty()).keepsWhatIsGood()).isFalse();
		assertThat(keeping(fault.keeping(1), OptionalInt.of(1)).keepsWhatIsGood()).isTrue();
		assertThat(keeping(fault.keeping(1), OptionalInt.of(0)).keepsWhatIsGood()).isFalse();
		assertThat(keeping(fault.keeping(1), OptionalInt.of(2)).keepsWhatIsGood()).isFalse();
	}

	private static FaultRow keeping(Fault fault, OptionalInt connections) {
		return new FaultRow(fault, List.of(), OptionalInt.of(0), connections);
	}

	@Test
	void onlyTheLimitInQuestionIsShort() {
		List<String> limits = fault(AT_THE_LIMIT).with("max-connections-per-route=1").limits();
		assertThat(limits).contains("holdfast.client.call-timeout=500ms", "holdfast.client.header-timeout=20s",
				"holdfast.client.max-connections-per-route=1");
		assertThat(limits).filteredOn((limit) -> limit.contains("call-timeout")).hasSize(1);
	}

	private static FaultRow row(Expected expected, long... millis) {
		List<Trial> trials = LongStream.of(millis)
			.mapToObj((each) -> new Trial(Duration.ofMillis(each), true, null))
			.toList();
		return new FaultRow(fault(expected), trials, OptionalInt.of(0), OptionalInt.of(0));
	}

	private static Fault fault(Expected expected) {
		return Fault.of("fault", "call-timeout", expected, (client) -> Stage.of(() -> {
		}, () -> {
		}));
	}

}
