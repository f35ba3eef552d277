/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

/**
 * Questions to a table.
 */
@Tag("A5")
class SocketTableTests {

	private static final String ANY = "00000000:0000";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path folder;

	@Test
	void bothTablesAreOne() throws IOException {
		SocketTable table = table(ProcTables.in(this.folder)
			.tcp(ProcTables.row("0100007F:1F90", ANY, "0A"), ProcTables.row("0100007F:1F90", "0200007F:9C40", "08"),
					"nonsense\n")
			.tcp6(ProcTables.row("0000000000000000FFFF00000100007F:1F90", "0000000000000000FFFF00000300007F:9C41",
					"08")));
		assertThat(table.size()).isEqualTo(3);
		assertThat(table.skipped()).isOne();
		assertThat(table.states()).containsOnly(entry(SocketState.LISTEN, 1), entry(SocketState.CLOSE_WAIT, 2));
		assertThat(table.entries()).hasSize(3);
	}

	@Test
	void aKernelWithoutIpv6HasOneTable() throws IOException {
		ProcTables tables = ProcTables.in(this.folder).tcp(ProcTables.row("0100007F:1F90", ANY, "0A"));
		assertThat(this.folder.resolve("self/net/tcp6").toFile().delete()).isTrue();
		assertThat(table(tables).size()).isOne();
	}

	@Test
	void aServiceIsWhatHasItsPort() throws IOException {
		SocketTable table = table(ProcTables.in(this.folder)
			.tcp(ProcTables.row("00000000:1F90", ANY, "0A"), ProcTables.row("00000000:0016", ANY, "0A"),
					ProcTables.row("0100007F:1F90", "0200007F:9C40", "01"),
					ProcTables.row("0100007F:1F90", "0200007F:9C41", "06"),
					ProcTables.row("0100007F:9C42", "0100007F:1F90", "01"))
			.tcp6(ProcTables.row("00000000000000000000000000000000:1F90", "00000000000000000000000000000000:0000",
					"0A")));
		assertThat(table.listeningPorts()).containsExactly(22, 8080);
		assertThat(table.statesOfPort(8080)).containsOnly(entry(SocketState.LISTEN, 2),
				entry(SocketState.ESTABLISHED, 1), entry(SocketState.TIME_WAIT, 1));
		assertThat(table.statesOfPort(9)).isEmpty();
	}

	@Test
	void outboundSocketsAreGroupedByWhatTheyAreConnectedTo() throws IOException {
		SocketTable table = table(ProcTables.in(this.folder)
			.tcp(ProcTables.row("00000000:1F90", ANY, "0A"), ProcTables.row("0100000A:1F90", "0200000A:9C40", "01"),
					ProcTables.row("0100000A:9C41", "0200000A:01BB", "01"),
					ProcTables.row("0100000A:9C42", "0200000A:01BC", "02"),
					ProcTables.row("0100000A:9C43", "0300000A:01BB", "06"),
					ProcTables.row("0100000A:9C44", "0300000A:01BB", "06"))
			.tcp6(ProcTables.row("0000000000000000FFFF00000100000A:9C45", "0000000000000000FFFF00000300000A:01BB",
					"08")));
		Map<InetSocketAddress, Map<SocketState, Integer>> two = table.statesByRemote(2);
		assertThat(two).hasSize(2);
		assertThat(two.keySet().iterator().next()).isEqualTo(ProcTables.end("10.0.0.3", 443));
		assertThat(two.get(ProcTables.end("10.0.0.3", 443))).containsOnly(entry(SocketState.TIME_WAIT, 2),
				entry(SocketState.CLOSE_WAIT, 1));
		assertThat(table.statesByRemote(100)).hasSize(3)
			.containsEntry(ProcTables.end("10.0.0.2", 444), Map.of(SocketState.SYN_SENT, 1));
	}

	@Test
	void eachOfManyConnectionsIsFound() throws IOException {
		List<String> rows = IntStream.range(0, 10_000)
			.mapToObj((i) -> ProcTables.row("0100007F:%04X".formatted(20_000 + i % 5000),
					"%02X00000A:01BB".formatted(1 + i / 5000), "01"))
			.toList();
		SocketTable table = table(ProcTables.in(this.folder).tcp(rows.toArray(String[]::new)));
		for (int i = 0; i < 10_000; i++) {
			InetSocketAddress local = ProcTables.end("127.0.0.1", 20_000 + i % 5000);
			InetSocketAddress remote = ProcTables.end("10.0.0." + (1 + i / 5000), 443);
			SocketEntry found = Objects.requireNonNull(table.find(local, remote));
			assertThat(found.local()).isEqualTo(local);
			assertThat(found.remote()).isEqualTo(remote);
		}
		assertThat(table.statesByRemote(3)).hasSize(2);
	}

	@Test
	void whatIsNotThereIsNotFound() throws IOException {
		SocketTable table = table(
				ProcTables.in(this.folder).tcp(ProcTables.row("0100007F:9C40", "0100007F:01BB", "01")));
		InetSocketAddress local = ProcTables.end("127.0.0.1", 40_000);
		InetSocketAddress remote = ProcTables.end("127.0.0.1", 443);
		assertThat(table.find(local, remote)).isNotNull();
		assertThat(table.find(remote, local)).isNull();
		assertThat(table.find(ProcTables.end("127.0.0.2", 40_000), remote)).isNull();
		assertThat(table.find(local, ProcTables.end("127.0.0.1", 444))).isNull();
		assertThat(table.find(local, ProcTables.end("::1", 443))).isNull();
		assertThat(table.find(local, InetSocketAddress.createUnresolved("localhost", 443))).isNull();
	}

	@Test
	void ofTwoRowsOfAConnectionTheLaterOneCounts() throws IOException {
		SocketTable table = table(ProcTables.in(this.folder)
			.tcp(ProcTables.row("0100007F:9C40", "0100007F:01BB", "01"),
					ProcTables.row("0100007F:9C40", "0100007F:01BB", "06")));
		assertThat(table.find(ProcTables.end("127.0.0.1", 40_000), ProcTables.end("127.0.0.1", 443)))
			.extracting(SocketEntry::state)
			.isEqualTo(SocketState.TIME_WAIT);
	}

	private static SocketTable table(ProcTables tables) {
		return Objects.requireNonNull(new Sockets(tables.root(), () -> 0, () -> 0, ByteOrder.LITTLE_ENDIAN).table());
	}

}
