/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import dev.holdfast.lifetime.ManualTicker;
import dev.holdfast.socket.SocketState;
import dev.holdfast.socket.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When the log tells that ports run out. There are twenty.
 */
@Tag("A5")
class LeakRoundTests {

	private final ManualTicker ticker = new ManualTicker();

	private final CapturedLog log = new CapturedLog(LeakRound.class);

	private long opened;

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path folder;

	@SuppressWarnings("NullAway.Init")
	private KnownSockets sockets;

	@SuppressWarnings("NullAway.Init")
	private LeakRound round;

	@BeforeEach
	void noneIsUsed() {
		this.sockets = KnownSockets.in(this.folder, 0, SocketState.TIME_WAIT);
		KnownLeaks leaks = new KnownLeaks(this.sockets.reader(this.ticker));
		this.round = new LeakRound(leaks.detector(), leaks.resources().sockets(), leaks.growth(), leaks.findings(),
				() -> 0, () -> this.opened, () -> 10, this.ticker);
		this.round.run();
	}

	@AfterEach
	void closeLog() {
		this.log.close();
	}

	@Test
	void portsThatRunOutAreToldOnce() {
		used(15);
		assertThat(lines()).isEmpty();
		used(16);
		used(17);
		used(16);
		assertThat(lines()).singleElement()
			.asString()
			.startsWith("WARN 16 of 20 ephemeral ports are in use towards one peer, 16 of them in TIME_WAIT")
			.contains("BindException", "net.ipv4.ip_local_port_range");
	}

	@Test
	void portsAreToldAgainWhenItGetsWorseAndNotWhenItGetsBetter() {
		used(16);
		used(19);
		used(20);
		used(16);
		assertThat(lines()).hasSize(2).last().asString().startsWith("ERROR 19 of 20");
	}

	@Test
	void whatComesAndGoesIsNewsAgainTenMinutesLater() {
		used(16);
		for (int i = 0; i < 5; i++) {
			used(2);
			used(16);
		}
		assertThat(lines()).hasSize(1);
		used(2);
		this.ticker.advance(Duration.ofMinutes(11));
		used(2);
		used(16);
		assertThat(lines()).hasSize(2);
	}

	@Test
	void portsAreLookedAtSoonerWhileManyConnectionsAreOpened() {
		this.sockets.set(16, SocketState.TIME_WAIT);
		soon(19);
		assertThat(lines()).isEmpty();
		soon(20);
		assertThat(lines()).hasSize(1);
	}

	@Test
	void connectionsThatAreOpenedSlowlyAddUp() {
		this.sockets.set(16, SocketState.TIME_WAIT);
		soon(10);
		assertThat(lines()).isEmpty();
		soon(10);
		assertThat(lines()).hasSize(1);
	}

	@Test
	void whereThereAreManyPortsItTakesMoreConnectionsToLookSooner() {
		this.sockets.range(1_000);
		used(2);
		this.sockets.range(20);
		this.sockets.set(16, SocketState.TIME_WAIT);
		soon(49);
		assertThat(lines()).isEmpty();
		soon(1);
		assertThat(lines()).hasSize(1);
	}

	@Test
	void whereAReadingIsDearItIsReadMoreSeldom() {
		AtomicLong processor = new AtomicLong();
		Sockets dear = new Sockets(this.folder, this.ticker::nanos, () -> processor.getAndAdd(30_000_000));
		KnownLeaks leaks = new KnownLeaks(dear);
		this.round = new LeakRound(leaks.detector(), leaks.resources().sockets(), leaks.growth(), leaks.findings(),
				() -> 0, () -> 0, () -> 10, this.ticker);
		this.round.run();
		for (int i = 0; i < 5; i++) {
			used(16);
		}
		assertThat(lines()).isEmpty();
		used(16);
		assertThat(lines()).hasSize(1);
	}

	@Test
	void whereSocketsAreNotKnownNothingIsToldAndNothingFails() {
		KnownLeaks leaks = KnownLeaks.withoutSockets(this.folder.resolve("empty"));
		LeakRound blind = new LeakRound(leaks.detector(), leaks.resources().sockets(), leaks.growth(), leaks.findings(),
				() -> 0, () -> 0, () -> 10, this.ticker);
		blind.run();
		this.ticker.advance(Duration.ofSeconds(10));
		blind.run();
		assertThat(lines()).isEmpty();
	}

	private void used(int ports) {
		this.sockets.set(ports, SocketState.TIME_WAIT);
		this.ticker.advance(Duration.ofSeconds(10));
		this.round.run();
	}

	private void soon(int connections) {
		this.opened += connections;
		this.ticker.advance(Duration.ofSeconds(1));
		this.round.run();
	}

	private List<String> lines() {
		return this.log.lines();
	}

}
