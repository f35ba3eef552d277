/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.holdfast.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import dev.holdfast.failure.CallPhase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Tag("B2")
class CallOptionsTests {

	private static final CallLimits CLIENT = new KnownPool(new ClientStats("stock")).settings().limits();

	private final Map<String, Object> attributes = new HashMap<>();

	@AfterEach
	void leave() {
		CallOptions.enter(null);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "BACKOFF")
	void aLimitOfOnePhaseLeavesTheOthersAndTheCallAlone(CallPhase phase) {
		CallOptions.timeout(phase, Duration.ofMillis(7)).accept(this.attributes);
		CallLimits limits = entered().over(CLIENT);
		for (CallPhase other : CallPhase.values()) {
			boolean same = other == phase || (other == CallPhase.BACKOFF && phase == CallPhase.BODY);
			assertThat(limits.of(other)).isEqualTo(same ? Duration.ofMillis(7) : CLIENT.of(other));
		}
		assertThat(limits.call()).isEqualTo(CLIENT.call());
		assertThat(limits.callIsHard()).isEqualTo(CLIENT.callIsHard());
		assertThat(entered().isLimited()).isFalse();
	}

	@Test
	void severalOptionsAddUpAndTheLastOfAKindCounts() {
		CallOptions.timeout(CallPhase.LEASE, Duration.ofSeconds(9)).accept(this.attributes);
		CallOptions.timeout(Duration.ofSeconds(8)).accept(this.attributes);
		CallOptions.timeout(CallPhase.LEASE, Duration.ofSeconds(7)).accept(this.attributes);
		CallOptions.timeout(CallPhase.DNS, Duration.ofSeconds(6)).accept(this.attributes);
		CallLimits limits = entered().over(CLIENT);
		assertThat(limits.lease()).hasSeconds(7);
		assertThat(limits.dns()).hasSeconds(6);
		assertThat(limits.call()).hasSeconds(8);
		assertThat(limits.callIsHard()).isTrue();
		CallOptions.streaming().accept(this.attributes);
		assertThat(entered().isLimited()).isFalse();
		assertThat(entered().over(CLIENT).lease()).hasSeconds(7);
	}

	@Test
	void whatWasGivenToOneRequestIsNotChangedByAnother() {
		CallOptions.timeout(CallPhase.LEASE, Duration.ofSeconds(9)).accept(this.attributes);
		CallOptions first = entered();
		Map<String, Object> copy = new HashMap<>(this.attributes);
		CallOptions.timeout(CallPhase.LEASE, Duration.ofSeconds(7)).accept(copy);
		assertThat(first.over(CLIENT).lease()).hasSeconds(9);
		assertThat(entered().over(CLIENT).lease()).hasSeconds(9);
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-1S", "PT0.0009S", "PT8760H0.001S", "P400000D" })
	void aLimitThatNoSettingAllowsIsRefusedWithTheRemedy(Duration limit) {
		assertThatIllegalArgumentException().isThrownBy(() -> CallOptions.timeout(CallPhase.HEADERS, limit))
			.withMessageContainingAll("phase headers", "between 1ms and 365d", limit.toString(),
					"Leave the option out");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0.001S", "PT8760H" })
	void theEndsOfTheRangeAreAllowed(Duration limit) {
		CallOptions.timeout(CallPhase.HEADERS, limit).accept(this.attributes);
		assertThat(entered().over(CLIENT).header()).isEqualTo(limit);
	}

	@Test
	void aPauseHasNoLimitOfACall() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> CallOptions.timeout(CallPhase.BACKOFF, Duration.ofSeconds(1)))
			.withMessageContaining("holdfast.client.retry.max-pause");
	}

	@Test
	void aCallThatOutlastsEverySettingIsAStream() {
		assertThatIllegalArgumentException().isThrownBy(() -> CallOptions.timeout(Duration.ofDays(366)))
			.withMessageContaining("CallOptions.streaming()");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT-1S" })
	void aCallWithoutTimeIsRefused(Duration limit) {
		assertThatIllegalArgumentException().isThrownBy(() -> CallOptions.timeout(limit))
			.withMessageContaining("more than nothing");
	}

	private CallOptions entered() {
		CallOptions.enter(this.attributes);
		return Objects.requireNonNull(CallOptions.current());
	}

}
