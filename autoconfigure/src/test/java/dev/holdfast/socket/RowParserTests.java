/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The text of the kernel's tables, as x86-64 writes it unless a test says otherwise.
 */
@Tag("A5")
class RowParserTests {

	private static final String PLAIN = "   3: 0100007F:A741 0200007F:BCE2 08 00000042:000106CC 01:00000014 00000003"
			+ ProcTables.REST;

	private int skipped;

	@Test
	void aRowOfTcpIsUnderstood() throws IOException {
		assertThat(parse(ProcTables.HEADING + PLAIN)).containsExactly(new SocketEntry(SocketState.CLOSE_WAIT,
				ProcTables.end("127.0.0.1", 0xA741), ProcTables.end("127.0.0.2", 0xBCE2), 0x106CC, 0x42, 3, false));
		assertThat(this.skipped).isZero();
	}

	@Test
	void aRowOfTcp6IsUnderstood() throws IOException {
		String row = ProcTables.row("B80D0120000000000000000001000000:01BB", "00000000000000000000000001000000:1F90",
				"01");
		assertThat(parse(ProcTables.HEADING + row)).singleElement().satisfies((entry) -> {
			assertThat(entry.local()).isEqualTo(ProcTables.end("2001:db8::1", 443));
			assertThat(entry.remote()).isEqualTo(ProcTables.end("::1", 8080));
		});
	}

	@Test
	void aMappedAddressIsThatOfIpv4() throws IOException {
		String row = ProcTables.row("0000000000000000FFFF00000100007F:A741", "0000000000000000FFFF00000200000A:BCE2",
				"06");
		assertThat(parse(ProcTables.HEADING + row)).singleElement().satisfies((entry) -> {
			assertThat(entry.state()).isEqualTo(SocketState.TIME_WAIT);
			assertThat(entry.local()).isEqualTo(ProcTables.end("127.0.0.1", 0xA741));
			assertThat(entry.remote()).isEqualTo(ProcTables.end("10.0.0.2", 0xBCE2));
		});
	}

	/**
	 * The kernel prints an address as numbers of the processor: s390x prints the bytes as
	 * they are. Ports it prints as numbers that it has converted before.
	 */
	@Test
	void aBigEndianProcessorWritesAddressesTheOtherWayRound() throws IOException {
		String text = ProcTables.HEADING + ProcTables.row("7F000001:A741", "0A000002:BCE2", "01") + ProcTables
			.row("20010DB8000000000000000000000001:01BB", "0000000000000000" + "0000FFFF7F000001:1F90", "01");
		List<SocketEntry> entries = parse(text, ByteOrder.BIG_ENDIAN);
		assertThat(entries).extracting(SocketEntry::local)
			.containsExactly(ProcTables.end("127.0.0.1", 0xA741), ProcTables.end("2001:db8::1", 443));
		assertThat(entries).extracting(SocketEntry::remote)
			.containsExactly(ProcTables.end("10.0.0.2", 0xBCE2), ProcTables.end("127.0.0.1", 8080));
	}

	@Test
	void everyStateHasItsNumber() throws IOException {
		StringBuilder text = new StringBuilder(ProcTables.HEADING);
		IntStream.rangeClosed(1, 12)
			.forEach((number) -> text
				.append(ProcTables.row("0100007F:0001", "0100007F:0002", "%02X".formatted(number))));
		assertThat(parse(text.toString())).extracting((entry) -> entry.state().label())
			.containsExactly("established", "syn-sent", "syn-recv", "fin-wait1", "fin-wait2", "time-wait", "close",
					"close-wait", "last-ack", "listen", "closing", "new-syn-recv");
	}

	@Test
	void aPeerThatTakesNoBytesIsToldFromOneThatDoesNotAnswer() throws IOException {
		String probed = PLAIN.replace("01:00000014", "04:00000014");
		String waiting = PLAIN.replace("00000003", "00000000");
		List<SocketEntry> entries = parse(ProcTables.HEADING + PLAIN + probed + waiting);
		assertThat(entries).extracting(SocketEntry::retransmitting).containsExactly(true, false, false);
		assertThat(entries).extracting(SocketEntry::probing).containsExactly(false, true, false);
	}

	@Test
	void theHeadingAloneIsAnEmptyTable() throws IOException {
		assertThat(parse(ProcTables.HEADING)).isEmpty();
		assertThat(parse("")).isEmpty();
		assertThat(this.skipped).isZero();
	}

	@Test
	void aLastRowThatIsCutOffIsLeftOutAndCounted() throws IOException {
		int cells = PLAIN.indexOf("00000003") + "00000003".length();
		for (int length = 1; length <= cells; length++) {
			assertThat(parse(ProcTables.HEADING + PLAIN + PLAIN.substring(0, length))).as("cut at %d", length)
				.hasSize(1);
			assertThat(this.skipped).as("cut at %d", length).isOne();
		}
		assertThat(parse(ProcTables.HEADING + PLAIN + PLAIN.substring(0, cells + 1))).hasSize(2);
		assertThat(this.skipped).isZero();
	}

	@Test
	void aRowThatMakesNoSenseIsLeftOutAndCounted() throws IOException {
		List<String> malformed = List.of("\n", "what is this?\n", PLAIN.replace(" 08 ", " 0D "),
				PLAIN.replace(" 08 ", " 00 "), PLAIN.replace("0100007F", "0100007"),
				PLAIN.replace("0100007F", "0100007F0100007F"), PLAIN.replace("A741", "1A741"),
				PLAIN.replace("A741", "A74X"), PLAIN.replace("0200007F:", "0200007F "), PLAIN.replace("3:", "3"),
				PLAIN.replace("00000042:", "00000042"), PLAIN.replace("00000003", "-0000003"), "x".repeat(9000) + "\n");
		for (String row : malformed) {
			assertThat(parse(ProcTables.HEADING + row + PLAIN)).as(row).hasSize(1);
			assertThat(this.skipped).as(row).isPositive();
		}
	}

	@Test
	void rowsMayComeInPiecesOfAnySize() throws IOException {
		StringBuilder text = new StringBuilder(ProcTables.HEADING);
		for (int port = 1; port <= 500; port++) {
			text.append(ProcTables.row("0100007F:%04X".formatted(port), "0100007F:0050", "01"));
		}
		for (int piece : new int[] { 1, 7, 149, 4096, 8192, 100_000 }) {
			Rows rows = new Rows();
			new RowParser(ByteOrder.LITTLE_ENDIAN).parse(inPieces(text.toString(), piece), rows);
			assertThat(IntStream.range(0, rows.size()).map(rows::localPort)).as("pieces of %d bytes", piece)
				.containsExactlyElementsOf(IntStream.rangeClosed(1, 500).boxed().toList());
		}
	}

	private static InputStream inPieces(String text, int piece) {
		return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)) {

			@Override
			public int read(byte[] bytes, int offset, int length) {
				return super.read(bytes, offset, Math.min(piece, length));
			}

		};
	}

	private List<SocketEntry> parse(String text) throws IOException {
		return parse(text, ByteOrder.LITTLE_ENDIAN);
	}

	private List<SocketEntry> parse(String text, ByteOrder order) throws IOException {
		Rows rows = new Rows();
		this.skipped = new RowParser(order).parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)),
				rows);
		return IntStream.range(0, rows.size()).mapToObj(rows::entry).toList();
	}

}
