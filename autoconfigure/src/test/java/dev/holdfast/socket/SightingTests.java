/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import dev.holdfast.lifetime.ManualTicker;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is read for some connections only.
 */
@Tag("A3")
class SightingTests {

	private static final SocketEnds ENDS = ends(443, 40_000);

	private static final SocketEnds OTHER = ends(443, 40_001);

	private static final String ROW = ProcTables.row("0100007F:01BB", "0100007F:9C40", "08");

	private static final String OTHER_ROW = ProcTables.row("0100007F:01BB", "0100007F:9C41", "01");

	private static final String MAPPED = "0000000000000000FFFF00000100007F:";

	private static final String ROW_6 = ProcTables.row(MAPPED + "01BB", MAPPED + "9C40", "08");

	private final ManualTicker ticker = new ManualTicker();

	private Duration processor = Duration.ZERO;

	private Duration cost = Duration.ZERO;

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
	void whereOneTableHasThemAllTheOtherIsNotRead() throws IOException {
		Sockets sockets = used();
		this.tables.tcp6(ROW_6);
		cannotBeRead("tcp");
		Sighting seen = Objects.requireNonNull(sockets.fresh(List.of(ENDS)));
		assertThat(state(seen, ENDS)).isEqualTo(SocketState.CLOSE_WAIT);
		assertThat(sockets.isAvailable()).isTrue();
	}

	@Test
	void socketsOfIpv4AreFoundAndFromThenOnLookedForThereAlone() throws IOException {
		Sockets sockets = used();
		this.tables.tcp(ROW);
		assertThat(state(Objects.requireNonNull(sockets.fresh(List.of(ENDS))), ENDS)).isEqualTo(SocketState.CLOSE_WAIT);
		cannotBeRead("tcp6");
		assertThat(state(Objects.requireNonNull(sockets.fresh(List.of(ENDS))), ENDS)).isEqualTo(SocketState.CLOSE_WAIT);
	}

	@Test
	void socketsInBothTablesAreAllFound() throws IOException {
		Sockets sockets = used();
		this.tables.tcp(OTHER_ROW).tcp6(ROW_6);
		for (int i = 0; i < 2; i++) {
			Sighting seen = Objects.requireNonNull(sockets.fresh(List.of(ENDS, OTHER)));
			assertThat(state(seen, ENDS)).isEqualTo(SocketState.CLOSE_WAIT);
			assertThat(state(seen, OTHER)).isEqualTo(SocketState.ESTABLISHED);
		}
	}

	@Test
	void whatIsMissingIsMissingInBothTables() throws IOException {
		Sockets sockets = used();
		this.tables.tcp(OTHER_ROW);
		assertThat(Objects.requireNonNull(sockets.fresh(List.of(ENDS))).find(ENDS)).isNull();
		cannotBeRead("tcp");
		assertThat(sockets.fresh(List.of(ENDS))).isNull();
		assertThat(sockets.isAvailable()).isFalse();
	}

	@Test
	void onceItCanBeReadAgainItIsAvailable() throws IOException {
		Sockets sockets = used();
		cannotBeRead("tcp6");
		assertThat(sockets.fresh(List.of(ENDS))).isNull();
		assertThat(sockets.unavailableReason()).contains("cannot be read");
		Files.delete(this.folder.resolve("self/net/tcp6"));
		this.tables.tcp6(ROW_6);
		assertThat(sockets.fresh(List.of(ENDS))).isNotNull();
		assertThat(sockets.isAvailable()).isTrue();
	}

	@Test
	void kernelWithoutIpv6HasTheOtherTableOnly() throws IOException {
		Sockets sockets = used();
		Files.delete(this.folder.resolve("self/net/tcp6"));
		this.tables.tcp(ROW);
		assertThat(state(Objects.requireNonNull(sockets.fresh(List.of(ENDS))), ENDS)).isEqualTo(SocketState.CLOSE_WAIT);
	}

	@Test
	void theFirstReadingOfAllIsSharedWithEverybody() throws IOException {
		this.cost = Duration.ofMillis(10);
		Sockets sockets = sockets();
		this.tables.tcp(ROW);
		Sighting seen = Objects.requireNonNull(sockets.fresh(List.of(ENDS)));
		assertThat(state(seen, ENDS)).isEqualTo(SocketState.CLOSE_WAIT);
		assertThat(seen.cost()).isEqualTo(Duration.ofMillis(10));
		this.tables.tcp();
		assertThat(Objects.requireNonNull(sockets.table()).size()).isOne();
	}

	@Test
	void laterOnesAreSeenByNobodyElseAndPaidFromTheSame() throws IOException {
		Sockets sockets = used();
		this.ticker.advance(Duration.ofSeconds(1));
		this.cost = Duration.ofMillis(15);
		this.tables.tcp6(ROW_6);
		Sighting seen = Objects.requireNonNull(sockets.fresh(List.of(ENDS)));
		assertThat(seen.cost()).isEqualTo(Duration.ofMillis(15));
		assertThat(seen.readAtNanos()).isEqualTo(this.ticker.nanos());
		assertThat(sockets.cost()).isZero();
		assertThat(sockets.fresh(List.of(ENDS))).as("5 ms are owed").isNull();
		assertThat(Objects.requireNonNull(sockets.table()).size()).as("nor is all of it read").isZero();
		assertThat(Objects.requireNonNull(sockets.fresh()).size()).isZero();
		this.ticker.advance(Duration.ofMillis(499));
		assertThat(sockets.fresh(List.of(ENDS))).isNull();
		this.ticker.advance(Duration.ofMillis(1));
		assertThat(Objects.requireNonNull(sockets.table()).size()).isOne();
	}

	@Test
	void withoutATableThereIsNothing() throws IOException {
		Sockets sockets = new Sockets(Files.createDirectory(this.folder.resolve("empty")), this.ticker::nanos,
				() -> -1);
		assertThat(sockets.fresh(List.of(ENDS))).isNull();
		assertThat(sockets.fresh(List.of(ENDS))).isNull();
		assertThat(sockets.unavailableReason()).contains("There is no").contains("Linux");
	}

	private static SocketEnds ends(int local, int remote) {
		return new SocketEnds(ProcTables.end("127.0.0.1", local), ProcTables.end("127.0.0.1", remote));
	}

	private static SocketState state(Sighting seen, SocketEnds ends) {
		return Objects.requireNonNull(seen.find(ends)).state();
	}

	private void cannotBeRead(String table) throws IOException {
		Path file = this.folder.resolve("self/net").resolve(table);
		Files.delete(file);
		Files.createDirectory(file);
	}

	/** Has read everything once. */
	private Sockets used() {
		Sockets sockets = sockets();
		assertThat(sockets.table()).isNotNull();
		return sockets;
	}

	// asked twice per reading
	private Sockets sockets() {
		return new Sockets(this.folder, this.ticker::nanos, () -> {
			this.processor = this.processor.plus(this.cost);
			return this.processor.toNanos();
		});
	}

}
