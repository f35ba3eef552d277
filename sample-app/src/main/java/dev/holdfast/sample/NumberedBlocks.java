/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

import dev.holdfast.lifetime.Lifetime;

/**
 * Bytes that need no memory and of which none can be lost, doubled or exchanged without
 * another checksum: noise in blocks, each of which begins with its number.
 */
final class NumberedBlocks {

	static final int BLOCK = 16_384;

	private static final long SEED = 42;

	private final long length;

	private final byte[] block = new byte[BLOCK];

	NumberedBlocks(ByteCount length) {
		this.length = length.value();
		new Random(SEED).nextBytes(this.block);
	}

	/**
	 * Writes them all, unless the request ends meanwhile.
	 * @param out where they go
	 * @throws IOException if nobody takes them
	 */
	void writeTo(OutputStream out) throws IOException {
		ByteBuffer number = ByteBuffer.wrap(this.block);
		long left = this.length;
		for (long i = 0; left > 0; i++) {
			Lifetime.current().throwIfEnded();
			number.putLong(0, i);
			int count = (int) Math.min(left, BLOCK);
			out.write(this.block, 0, count);
			left -= count;
		}
	}

	/**
	 * Checksum of them all: 4 GB take about a second.
	 * @return CRC-32, in hexadecimal digits
	 */
	String checksum() throws IOException {
		CRC32 checksum = new CRC32();
		writeTo(new CheckedOutputStream(OutputStream.nullOutputStream(), checksum));
		return Long.toHexString(checksum.getValue());
	}

}
