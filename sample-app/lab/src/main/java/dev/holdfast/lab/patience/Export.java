/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.patience;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * An export whose first row is a while in coming, and whose last one comes minutes later.
 *
 * @param wanted rows asked for
 * @param came rows that came, each the one after the one before
 * @param firstSeconds until the first row
 * @param seconds until the last row
 * @param trouble why it ended early, empty if it did not
 */
record Export(int wanted, int came, double firstSeconds, double seconds, String trouble) {

	private static final int PATIENCE_MILLIS = 30_000;

	/**
	 * Reads one.
	 * @param port port of the server
	 * @param exportSeconds for how long rows are to be written
	 * @return what came of it
	 */
	static Export read(int port, int exportSeconds) {
		int came = 0;
		double first = 0;
		String trouble = "";
		long begin = System.nanoTime();
		try (BufferedReader rows = open(port, exportSeconds)) {
			for (String row = rows.readLine(); row != null; row = rows.readLine()) {
				first = (came == 0) ? secondsSince(begin) : first;
				if (!row.equals("row," + (came + 1))) {
					trouble = "'" + row + "' after row " + came;
					break;
				}
				came++;
			}
		}
		catch (IOException ex) {
			trouble = ex.toString();
		}
		return new Export(exportSeconds * Extent.ROWS_PER_SECOND, came, first, secondsSince(begin), trouble);
	}

	private static BufferedReader open(int port, int exportSeconds) throws IOException {
		URI uri = URI.create("http://127.0.0.1:" + port + "/demo/export?seconds=" + exportSeconds);
		HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
		connection.setConnectTimeout(PATIENCE_MILLIS);
		connection.setReadTimeout(PATIENCE_MILLIS);
		return new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
	}

	private static double secondsSince(long begin) {
		return (System.nanoTime() - begin) / 1e9;
	}

	/**
	 * Whether every row came.
	 * @return {@code true} if the last row came, and all before it
	 */
	boolean isWhole() {
		return this.came == this.wanted && this.trouble.isEmpty();
	}

	@Override
	public String toString() {
		String rows = String.format(Locale.ROOT, "%d of %d rows, the first after %.1f s", this.came, this.wanted,
				this.firstSeconds);
		return this.trouble.isEmpty() ? rows : rows + ", " + this.trouble;
	}

}
