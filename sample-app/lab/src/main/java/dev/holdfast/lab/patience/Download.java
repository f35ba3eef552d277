/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.patience;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/**
 * A download that is read slowly, so that the server's thread waits for room nearly all
 * of the time.
 *
 * @param wanted bytes asked for
 * @param came bytes that came
 * @param promised the checksum that the server names, empty if it names none
 * @param found the checksum of what came
 * @param seconds from the first byte to the last one
 * @param trouble why it ended early, empty if it did not
 */
record Download(long wanted, long came, String promised, String found, double seconds, String trouble) {

	/** Less than a tenth of a second. */
	private static final int RECEIVE_BUFFER = 65_536;

	private static final int PIECE = 16_384;

	private static final Pattern CHECKSUM = Pattern.compile("(?i)\r\nETag: \"crc32-([0-9a-f]+)\"\r\n");

	/**
	 * Reads one.
	 * @param port port of the server
	 * @param bytes how much to ask for
	 * @param bytesPerSecond how fast to read
	 * @return what came of it
	 */
	static Download read(int port, long bytes, long bytesPerSecond) {
		CRC32 checksum = new CRC32();
		String promised = "";
		String trouble = "";
		long came = 0;
		long begin = System.nanoTime();
		try (Caller caller = Caller.connect(port, RECEIVE_BUFFER)) {
			caller.ask("GET", "/demo/download?bytes=" + bytes);
			String head = caller.head();
			Matcher matcher = CHECKSUM.matcher(head);
			promised = matcher.find() ? matcher.group(1) : "";
			begin = System.nanoTime();
			byte[] piece = new byte[PIECE];
			while (came < bytes) {
				int count = caller.body().read(piece, 0, (int) Math.min(PIECE, bytes - came));
				if (count < 0) {
					trouble = "the connection was closed";
					break;
				}
				checksum.update(piece, 0, count);
				came += count;
				sleepUntil(begin + nanos(came, bytesPerSecond));
			}
		}
		catch (IOException ex) {
			trouble = ex.toString();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			trouble = ex.toString();
		}
		return new Download(bytes, came, promised, Long.toHexString(checksum.getValue()),
				(System.nanoTime() - begin) / 1e9, trouble);
	}

	private static long nanos(long bytes, long bytesPerSecond) {
		return TimeUnit.SECONDS.toNanos(bytes) / bytesPerSecond;
	}

	private static void sleepUntil(long nanoTime) throws InterruptedException {
		TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
	}

	/**
	 * Whether every byte came, and none that was not sent.
	 * @return {@code true} if the number and the checksum are right
	 */
	boolean isWhole() {
		return this.came == this.wanted && this.promised.equals(this.found);
	}

	@Override
	public String toString() {
		String bytes = this.came + " of " + this.wanted + " bytes";
		if (!this.trouble.isEmpty()) {
			return bytes + ", " + this.trouble;
		}
		return bytes + (isWhole() ? ", checksum " + this.found : ", checksum " + this.found + " for " + this.promised);
	}

}
