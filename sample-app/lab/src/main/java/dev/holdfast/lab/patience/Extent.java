/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.patience;

import dev.holdfast.lab.scenario.Form;

/**
 * How much of everything.
 *
 * @param mebibytes size of the download, which takes as many seconds
 * @param exportSeconds for how long the export writes rows
 * @param rounds how many mails are sent and how many browsers leave
 */
record Extent(int mebibytes, int exportSeconds, int rounds) {

	/** As fast as the download is read. */
	static final int BYTES_PER_SECOND = 1 << 20;

	/** What the export of the sample application writes. */
	static final int ROWS_PER_SECOND = 5;

	static Extent of(Form form) {
		return form.pick(new Extent(15, 10, 4), new Extent(2048, 300, 40));
	}

	long bytes() {
		return (long) this.mebibytes << 20;
	}

	int rows() {
		return this.exportSeconds * ROWS_PER_SECOND;
	}

}
