/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.holdfast.client.PoolSettings;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections that were opened together are not closed together.
 */
@Tag("B3")
class AgesTests {

	private static final String TARGET = "http://stock:80";

	private final Ages ages = new Ages(null,
			new PoolSettings(1, 1, Duration.ofSeconds(50), Duration.ofSeconds(1000), 1000));

	@Test
	void anAgeIsTheMaximumMoreOrLessATenth() throws IOException {
		long before = System.nanoTime();
		for (int i = 0; i < 1000; i++) {
			assertThat(this.ages.isOver(connection(), TARGET)).isFalse();
		}
		long after = System.nanoTime();
		List<Long> ends = ends();
		assertThat(ends).hasSize(1000)
			.allSatisfy((end) -> assertThat(end - before).isGreaterThanOrEqualTo(seconds(900)))
			.allSatisfy((end) -> assertThat(end - after).isLessThanOrEqualTo(seconds(1100)))
			.anySatisfy((end) -> assertThat(end - after).isLessThan(seconds(920)))
			.anySatisfy((end) -> assertThat(end - before).isGreaterThan(seconds(1080)));
	}

	@Test
	void aConnectionDrawsItsAgeOnce() throws IOException {
		HttpClientConnection connection = connection();
		assertThat(this.ages.isOver(connection, TARGET)).isFalse();
		List<Long> drawn = ends();
		for (int i = 0; i < 100; i++) {
			assertThat(this.ages.isOver(connection, TARGET)).isFalse();
		}
		assertThat(ends()).isEqualTo(drawn).hasSize(1);
	}

	private static HttpClientConnection connection() throws IOException {
		return ManagedHttpClientConnectionFactory.INSTANCE.createConnection(null);
	}

	private List<Long> ends() {
		List<Long> ends = new ArrayList<>();
		Map<?, ?> known = (Map<?, ?>) Objects.requireNonNull(ReflectionTestUtils.getField(this.ages, "ends"));
		for (Object age : known.values()) {
			ends.add((Long) Objects.requireNonNull(ReflectionTestUtils.getField(age, "end")));
		}
		return ends;
	}

	private static long seconds(int count) {
		return Duration.ofSeconds(count).toNanos();
	}

}
