/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.sockets;

/**
 * What became of a storm.
 *
 * @param opened connections that were opened
 * @param announced how many of them were open or closed when more than 80 % of the ports
 * were first told to be used, -1 if they never were
 * @param failed how many were opened before the first that could not be, -1 if all could
 * be
 * @param leadMillis time between the two, 0 unless there were both
 * @param most largest part of the ports that was told to be used
 * @param error what the first failure said, empty if there was none
 */
record StormResult(int opened, int announced, int failed, long leadMillis, double most, String error) {

	private static final String SEPARATOR = "\t";

	static StormResult of(String line) {
		String[] cells = line.split(SEPARATOR, -1);
		return new StormResult(Integer.parseInt(cells[0]), Integer.parseInt(cells[1]), Integer.parseInt(cells[2]),
				Long.parseLong(cells[3]), Double.parseDouble(cells[4]), cells[5]);
	}

	String line() {
		return String.join(SEPARATOR, Integer.toString(this.opened), Integer.toString(this.announced),
				Integer.toString(this.failed), Long.toString(this.leadMillis), Double.toString(this.most), this.error);
	}

	boolean hasFailed() {
		return this.failed >= 0;
	}

	boolean isAnnouncedInTime() {
		return hasFailed() && this.announced >= 0 && this.leadMillis > 0
				&& this.error.contains("Cannot assign requested address");
	}

	@Override
	public String toString() {
		String text = this.opened + " connections, at most %.2f of the ports used".formatted(this.most);
		text += (this.announced >= 0) ? ", announced at connection " + this.announced : ", not announced";
		return text + (hasFailed()
				? ", %d ms before \"%s\" at connection %d".formatted(this.leadMillis, this.error, this.failed)
				: ", none failed");
	}

}
