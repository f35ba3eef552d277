/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.sockets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A table as the kernel would write it, of sockets that there are not.
 */
final class SyntheticTable {

	private SyntheticTable() {
	}

	static void write(Path folder, int rows) throws IOException {
		StringBuilder text = new StringBuilder("  sl  local_address rem_address   st tx_queue rx_queue\n");
		for (int i = 0; i < rows; i++) {
			text.append(String.format(Locale.ROOT,
					"%4d: 0100000A:%04X %02X00000A:01BB 01 00000000:00000000 00:00000000 00000000     0        0 "
							+ "%d 1 00000000972f76c2 20 4 30 10 -1\n",
					i, 32_768 + i % 20_000, 2 + i % 50, 6_000_000 + i));
		}
		Path tcp = folder.resolve("self/net/tcp");
		Files.writeString(tcp, text);
		Files.deleteIfExists(folder.resolve("self/net/tcp6"));
	}

}
