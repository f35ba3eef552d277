/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How near outbound connections are to "Cannot assign requested address".
 */
@Tag("A6")
class EphemeralPortsTests {

	private static final String PEER = "0200000A:01BB";

	private static final InetSocketAddress PEER_ADDRESS = ProcTables.end("10.0.0.2", 443);

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path folder;

	@SuppressWarnings("NullAway.Init")
	private ProcTables tables;

	@BeforeEach
	void aRangeOfTenPorts() throws IOException {
		this.tables = ProcTables.in(this.folder).range("40000\t40009");
	}

	@Test
	void nothingIsUsedOfAnEmptyTable() {
		assertThat(ports()).isEqualTo(new EphemeralPorts(0, 0, 10, null));
		assertThat(ports().ratio()).isZero();
	}

	@Test
	void theRemoteEndThatUsesTheMostCounts() throws IOException {
		this.tables.tcp(outbound(40_000, PEER, "01"), outbound(40_001, PEER, "06"), outbound(40_002, PEER, "06"),
				outbound(40_000, "0200000A:01BC", "01"), outbound(40_003, "0300000A:01BB", "01"),
				outbound(40_004, "0300000A:01BB", "01"));
		assertThat(ports()).isEqualTo(new EphemeralPorts(3, 2, 10, PEER_ADDRESS));
		assertThat(ports().ratio()).isEqualTo(0.3);
	}

	@Test
	void bothFormsOfAnAddressAreOneRemoteEnd() throws IOException {
		this.tables.tcp(outbound(40_000, PEER, "01"))
			.tcp6(ProcTables.row("0000000000000000FFFF00000100000A:9C41", "0000000000000000FFFF00000200000A:01BB",
					"01"));
		assertThat(ports()).isEqualTo(new EphemeralPorts(2, 0, 10, PEER_ADDRESS));
	}

	@Test
	void aPortOutsideOfTheRangeDoesNotCount() throws IOException {
		this.tables.tcp(outbound(39_999, PEER, "01"), outbound(40_000, PEER, "01"), outbound(40_009, PEER, "01"),
				outbound(40_010, PEER, "01"));
		assertThat(ports().used()).isEqualTo(2);
	}

	@Test
	void aPortThatIsListenedOnCountsForEveryRemoteEndAndItsConnectionsDoNot() throws IOException {
		this.tables.tcp(ProcTables.row("00000000:9C45", "00000000:0000", "0A"), outbound(40_000, PEER, "01"),
				ProcTables.row("0100000A:9C45", "0900000A:C000", "01"),
				ProcTables.row("0100000A:9C45", "0900000A:C001", "01"));
		assertThat(ports()).isEqualTo(new EphemeralPorts(2, 0, 10, PEER_ADDRESS));
	}

	@Test
	void aPortUsedFromTwoLocalAddressesIsOne() throws IOException {
		this.tables.tcp(outbound(40_000, PEER, "06"), ProcTables.row("0500000A:9C40", PEER, "01"));
		assertThat(ports()).isEqualTo(new EphemeralPorts(1, 0, 10, PEER_ADDRESS));
	}

	@Test
	void reservedPortsAreNotInTheRange() throws IOException {
		this.tables.setting("ip_local_reserved_ports", "8080,40001-40003,40009,60000-60010")
			.tcp(outbound(40_000, PEER, "01"), outbound(40_001, PEER, "01"));
		assertThat(ports()).isEqualTo(new EphemeralPorts(1, 0, 6, PEER_ADDRESS));
		this.tables.setting("ip_local_reserved_ports", "");
		assertThat(ports().size()).isEqualTo(10);
	}

	@Test
	void timeWaitTowardsThisMachineDoesNotCountWhereItsPortsAreTakenAgain() throws IOException {
		String peer = "0100007F:01BB";
		this.tables.setting("tcp_tw_reuse", "2")
			.setting("tcp_timestamps", "1")
			.tcp(ProcTables.row("0100007F:9C40", peer, "06"), ProcTables.row("0100007F:9C41", peer, "06"),
					ProcTables.row("0100007F:9C42", peer, "01"))
			.tcp6(ProcTables.row("00000000000000000000000001000000:9C43", "00000000000000000000000001000000:01BB",
					"06"));
		assertThat(ports().used()).isOne();
		this.tables.setting("tcp_tw_reuse", "0");
		assertThat(ports().used()).isEqualTo(3);
		this.tables.setting("tcp_tw_reuse", "2").setting("tcp_timestamps", "0");
		assertThat(ports().used()).isEqualTo(3);
	}

	@Test
	void timeWaitTowardsOthersCountsAlsoWhereItsPortsMayBeTakenAgain() throws IOException {
		this.tables.setting("tcp_tw_reuse", "1")
			.setting("tcp_timestamps", "1")
			.tcp(outbound(40_000, PEER, "06"), outbound(40_001, PEER, "06"));
		assertThat(ports()).isEqualTo(new EphemeralPorts(2, 2, 10, PEER_ADDRESS));
	}

	@Test
	void allPortsUsedIsAll() throws IOException {
		this.tables
			.tcp(IntStream.range(0, 10).mapToObj((i) -> outbound(40_000 + i, PEER, "06")).toArray(String[]::new));
		assertThat(ports().ratio()).isEqualTo(1);
	}

	@Test
	void aRangeThatIsNotToldIsAbsent() throws IOException {
		for (String range : new String[] { "", "40000", "many few", "40009 40000", "1 99999" }) {
			this.tables.range(range);
			assertThat(sockets().ephemeralPorts()).as(range).isNull();
			assertThat(sockets().table()).as(range).isNotNull();
		}
	}

	private static String outbound(int port, String remote, String state) {
		return ProcTables.row("0100000A:%04X".formatted(port), remote, state);
	}

	private EphemeralPorts ports() {
		return Objects.requireNonNull(sockets().ephemeralPorts());
	}

	private Sockets sockets() {
		return new Sockets(this.folder, () -> 0, () -> 0, ByteOrder.LITTLE_ENDIAN);
	}

}
