/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NumberedBlocksTests {

	@ParameterizedTest
	@ValueSource(longs = { 1, NumberedBlocks.BLOCK - 1, NumberedBlocks.BLOCK, NumberedBlocks.BLOCK + 1, 100_000 })
	void asManyBytesAsAskedForHaveTheChecksum(long length) throws IOException {
		byte[] bytes = bytes(length);
		assertThat(bytes).hasSize((int) length);
		CRC32 checksum = new CRC32();
		checksum.update(bytes);
		assertThat(new NumberedBlocks(new ByteCount(length)).checksum())
			.isEqualTo(Long.toHexString(checksum.getValue()));
	}

	@Test
	void everyBlockBeginsWithItsNumber() throws IOException {
		ByteBuffer bytes = ByteBuffer.wrap(bytes(3 * NumberedBlocks.BLOCK));
		for (int i = 0; i < 3; i++) {
			assertThat(bytes.getLong(i * NumberedBlocks.BLOCK)).isEqualTo(i);
		}
	}

	@Test
	void exchangedBlocksHaveAnotherChecksum() throws IOException {
		byte[] bytes = bytes(2 * NumberedBlocks.BLOCK);
		CRC32 exchanged = new CRC32();
		exchanged.update(bytes, NumberedBlocks.BLOCK, NumberedBlocks.BLOCK);
		exchanged.update(bytes, 0, NumberedBlocks.BLOCK);
		assertThat(new NumberedBlocks(new ByteCount(bytes.length)).checksum())
			.isNotEqualTo(Long.toHexString(exchanged.getValue()));
	}

	private static byte[] bytes(long length) throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		new NumberedBlocks(new ByteCount(length)).writeTo(out);
		return out.toByteArray();
	}

}
