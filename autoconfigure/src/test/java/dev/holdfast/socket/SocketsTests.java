/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

import dev.holdfast.concurrency.Race;
import dev.holdfast.lifetime.ManualTicker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When tables are read, and what is said where there are none.
 */
@Tag("A5")
class SocketsTests {

	private static final String ROW = ProcTables.row("0100007F:9C40", "0100007F:01BB", "01");

	private final ManualTicker ticker = new ManualTicker();

	private final AtomicLong processor = new AtomicLong();

	private final AtomicLong readings = new AtomicLong();

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path folder;

	@SuppressWarnings("NullAway.Init")
	private ProcTables tables;

	@BeforeEach
	void emptyTables() throws IOException {
		this.tables = ProcTables.in(this.folder);
	}

	@Test
	void aReadingOfTenMillisecondsIsKeptForASecond() throws IOException {
		Sockets sockets = sockets(Duration.ofMillis(10));
		assertThat(size(sockets.table())).isZero();
		this.tables.tcp(ROW);
		this.ticker.advance(Duration.ofMillis(999));
		assertThat(size(sockets.table())).isZero();
		assertThat(sockets.interval()).isEqualTo(Duration.ofSeconds(1));
		this.ticker.advance(Duration.ofMillis(1));
		assertThat(size(sockets.table())).isOne();
	}

	@Test
	void aReadingOfFiftyMillisecondsIsKeptForFiveSeconds() throws IOException {
		Sockets sockets = sockets(Duration.ofMillis(50));
		assertThat(size(sockets.table())).isZero();
		this.tables.tcp(ROW);
		this.ticker.advance(Duration.ofMillis(4_999));
		assertThat(size(sockets.table())).isZero();
		assertThat(size(sockets.fresh())).isZero();
		assertThat(sockets.interval()).isEqualTo(Duration.ofSeconds(5));
		this.ticker.advance(Duration.ofMillis(1));
		assertThat(size(sockets.table())).isOne();
	}

	@Test
	void evidenceIsReadAsOftenAsTheBudgetAllows() throws IOException {
		Sockets sockets = sockets(Duration.ofMillis(2));
		assertThat(size(sockets.fresh())).isZero();
		this.tables.tcp(ROW);
		this.ticker.advance(Duration.ofMillis(199));
		assertThat(size(sockets.fresh())).isZero();
		this.ticker.advance(Duration.ofMillis(1));
		assertThat(size(sockets.table())).isZero();
		assertThat(size(sockets.fresh())).isOne();
		assertThat(Objects.requireNonNull(sockets.table()).readAtNanos()).isEqualTo(Duration.ofMillis(200).toNanos());
	}

	@Test
	void whatWasSavedLetsSeveralReadingsFollowEachOther() throws IOException {
		Sockets sockets = sockets(Duration.ofMillis(10));
		this.ticker.advance(Duration.ofSeconds(4));
		for (int rows = 0; rows < 5; rows++) {
			this.tables.tcp(Collections.nCopies(rows, ROW).toArray(String[]::new));
			assertThat(size(sockets.fresh())).isEqualTo(rows);
			this.ticker.advance(Duration.ofMillis(25));
		}
		assertThat(sockets.cost()).isEqualTo(Duration.ofMillis(10));
		assertThat(this.readings).hasValue(5);
	}

	@Test
	void whoHasSpentAllWaitsUntilItIsEarned() {
		Sockets sockets = sockets(Duration.ofMillis(30));
		this.ticker.advance(Duration.ofSeconds(5));
		ask(sockets, 10);
		assertThat(this.readings).as("50 ms, 20 ms, 10 ms owed").hasValue(2);
		this.ticker.advance(Duration.ofMillis(999));
		ask(sockets, 10);
		assertThat(this.readings).hasValue(2);
		this.ticker.advance(Duration.ofMillis(1));
		ask(sockets, 10);
		assertThat(this.readings).hasValue(3);
	}

	@Test
	void notMoreThanTenSecondsAreSaved() {
		Sockets sockets = sockets(Duration.ofMillis(20));
		this.ticker.advance(Duration.ofHours(1));
		ask(sockets, 100);
		assertThat(this.readings).as("six of 20 ms, from 100 ms").hasValue(6);
	}

	@Test
	void whoIsInNoHurryLeavesWhatIsSaved() {
		Sockets sockets = sockets(Duration.ofMillis(40));
		this.ticker.advance(Duration.ofSeconds(10));
		for (int i = 0; i < 10; i++) {
			sockets.table();
			this.ticker.advance(Duration.ofSeconds(4));
		}
		assertThat(this.readings).hasValue(10);
		ask(sockets, 100);
		assertThat(this.readings).as("three of 40 ms, from 100 ms").hasValue(13);
	}

	@Test
	void whoAsksAllTheTimeHasAHundredthOfACore() {
		Sockets sockets = sockets(Duration.ofMillis(7));
		for (int i = 0; i < 60_000; i++) {
			ask(sockets, 1);
			this.ticker.advance(Duration.ofMillis(1));
		}
		assertThat(this.readings.get() * 7).as("milliseconds in a minute").isBetween(590L, 600L + 7);
	}

	@Test
	void allThatIsAskedForIsReadAtOnce() {
		Sockets sockets = sockets(Duration.ofMillis(10));
		assertThat(this.readings).hasValue(0);
		sockets.table();
		sockets.ephemeralPorts();
		sockets.counters();
		sockets.descriptors();
		sockets.fresh();
		assertThat(this.readings).hasValue(1);
	}

	@Test
	void timeIsTheCostWhereProcessorTimeIsNotTold() {
		AtomicLong time = new AtomicLong();
		Sockets sockets = new Sockets(this.folder, () -> time.getAndAdd(30_000_000), () -> -1);
		sockets.table();
		assertThat(sockets.interval()).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void manyReadersNeverFailAndReadOncePerInterval() throws Exception {
		this.tables.tcp(ROW);
		Sockets sockets = sockets(Duration.ofMillis(20));
		AtomicLong asked = new AtomicLong();
		Race.of(16).during(Duration.ofSeconds(1), (thread) -> {
			assertThat(size((thread % 2 == 0) ? sockets.table() : sockets.fresh())).isOne();
			asked.incrementAndGet();
			if (thread == 0) {
				this.ticker.advance(Duration.ofMillis(10));
			}
		});
		long intervals = this.ticker.nanos() / Duration.ofSeconds(2).toNanos();
		assertThat(asked.get()).isGreaterThan(100);
		assertThat(this.readings.get()).isBetween(2L, 1 + intervals);
	}

	@Test
	void anotherPlatformHasNoneAndSaysSo() throws IOException {
		Path empty = Files.createDirectory(this.folder.resolve("empty"));
		Sockets sockets = new Sockets(empty, this.ticker::nanos, () -> -1);
		for (int i = 0; i < 2; i++) {
			assertThat(sockets.isAvailable()).isFalse();
			assertThat(sockets.unavailableReason()).contains("There is no").contains("Linux");
			assertThat(sockets.table()).isNull();
			assertThat(sockets.fresh()).isNull();
			assertThat(sockets.ephemeralPorts()).isNull();
			assertThat(sockets.counters()).isNull();
		}
	}

	@Test
	void aTableThatCannotBeReadIsAbsentUntilItCanBe() throws IOException {
		Files.delete(this.folder.resolve("self/net/tcp"));
		Files.createDirectory(this.folder.resolve("self/net/tcp"));
		Sockets sockets = sockets(Duration.ZERO);
		assertThat(sockets.fresh()).isNull();
		assertThat(sockets.isAvailable()).isFalse();
		assertThat(sockets.unavailableReason()).contains("cannot be read");
		Files.delete(this.folder.resolve("self/net/tcp"));
		this.tables.tcp(ROW);
		assertThat(size(sockets.fresh())).isOne();
		assertThat(sockets.isAvailable()).isTrue();
		assertThat(sockets.unavailableReason()).isEmpty();
	}

	@Test
	void whatWasReadBeforeIsKeptWhenTheTableCannotBeReadAnyMore() throws IOException {
		this.tables.tcp(ROW);
		Sockets sockets = sockets(Duration.ZERO);
		assertThat(size(sockets.fresh())).isOne();
		Files.delete(this.folder.resolve("self/net/tcp6"));
		Files.createDirectory(this.folder.resolve("self/net/tcp6"));
		this.ticker.advance(Duration.ofSeconds(1));
		assertThat(size(sockets.fresh())).isOne();
		assertThat(Objects.requireNonNull(sockets.fresh()).readAtNanos()).isZero();
		assertThat(sockets.ephemeralPorts()).isNotNull();
		assertThat(sockets.isAvailable()).isFalse();
	}

	@Test
	void countersAreFoundByTheirNames() throws IOException {
		this.tables
			.write("self/net/snmp", "Ip: Forwarding RetransSegs\nIp: 1 9\nTcp: MaxConn RetransSegs\nTcp: -1 41796\n")
			.write("self/net/netstat", """
					TcpExt: TW ListenOverflows ListenDrops
					TcpExt: 5 321935 321936
					IpExt: ListenDrops
					IpExt: 7
					""");
		assertThat(sockets(Duration.ZERO).counters()).isEqualTo(new NetworkCounters(41_796, 321_935, 321_936));
	}

	@Test
	void countersThatTheKernelDoesNotHaveAreAbsent() throws IOException {
		this.tables.write("self/net/snmp", "Tcp: MaxConn RetransSegs\nTcp: -1 41796\n");
		assertThat(sockets(Duration.ZERO).counters()).isNull();
		for (String text : new String[] { "", "TcpExt: TW ListenOverflows\nTcpExt: 5 6\n",
				"TcpExt: ListenOverflows ListenDrops\n", "TcpExt: ListenOverflows ListenDrops\nTcpExt: 1\n" }) {
			this.tables.write("self/net/netstat", text);
			assertThat(sockets(Duration.ZERO).counters()).as(text).isNull();
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void thisMachineTellsEverything() {
		Sockets sockets = Sockets.ofThisMachine();
		assertThat(sockets.isAvailable()).isTrue();
		assertThat(sockets.table()).isNotNull();
		assertThat(sockets.counters()).isNotNull();
		assertThat(Objects.requireNonNull(sockets.ephemeralPorts()).size()).isGreaterThan(1);
		Descriptors descriptors = Objects.requireNonNull(sockets.descriptors());
		assertThat(descriptors.open()).isPositive();
		assertThat(descriptors.ratio()).isBetween(0.0, 1.0);
	}

	private static void ask(Sockets sockets, int times) {
		for (int i = 0; i < times; i++) {
			sockets.fresh();
		}
	}

	private Sockets sockets(Duration cost) {
		return new Sockets(this.folder, this.ticker::nanos, () -> {
			// asked twice per reading
			boolean begin = this.processor.get() % 2 == 0;
			this.readings.addAndGet(begin ? 1 : 0);
			return this.processor.getAndIncrement() / 2 * 1_000_000_000 + (begin ? 0 : cost.toNanos());
		});
	}

	private static int size(@Nullable SocketTable table) {
		return Objects.requireNonNull(table).size();
	}

}
