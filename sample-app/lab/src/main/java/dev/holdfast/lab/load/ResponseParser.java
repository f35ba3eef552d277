/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Reads one HTTP/1.1 response from whatever pieces arrive; bodies are counted, not kept.
 */
final class ResponseParser {

	private static final int MAX_LINE = 8192;

	/** Small, for there are thousands of us; grows with the first long line. */
	private byte[] line = new byte[128];

	private int lineLength;

	private State state = State.STATUS;

	private boolean started;

	private int status;

	private long remaining;

	private boolean chunked;

	private boolean close;

	private @Nullable String shedReason;

	void reset() {
		this.lineLength = 0;
		this.started = false;
		this.close = false;
		beginMessage();
	}

	private void beginMessage() {
		this.state = State.STATUS;
		this.status = 0;
		this.remaining = -1;
		this.chunked = false;
		this.shedReason = null;
	}

	/**
	 * Takes what has arrived.
	 * @param in the bytes
	 * @return whether the response is complete
	 * @throws IOException if this is not HTTP
	 */
	boolean parse(ByteBuffer in) throws IOException {
		this.started |= in.hasRemaining();
		while (this.state != State.DONE && in.hasRemaining()) {
			switch (this.state) {
				case FIXED, CHUNK_DATA -> skip(in);
				case UNTIL_CLOSE -> in.position(in.limit());
				default -> readLine(in);
			}
		}
		return this.state == State.DONE;
	}

	private void skip(ByteBuffer in) {
		int count = (int) Math.min(this.remaining, in.remaining());
		in.position(in.position() + count);
		this.remaining -= count;
		if (this.remaining == 0) {
			this.state = (this.state == State.FIXED) ? State.DONE : State.CHUNK_END;
		}
	}

	private void readLine(ByteBuffer in) throws IOException {
		while (in.hasRemaining()) {
			byte next = in.get();
			if (next == '\n') {
				int length = this.lineLength;
				if (length > 0 && this.line[length - 1] == '\r') {
					length--;
				}
				this.lineLength = 0;
				onLine(new String(this.line, 0, length, StandardCharsets.ISO_8859_1));
				return;
			}
			if (this.lineLength == MAX_LINE) {
				throw new IOException("A line of more than " + MAX_LINE + " bytes");
			}
			if (this.lineLength == this.line.length) {
				this.line = Arrays.copyOf(this.line, this.lineLength * 2);
			}
			this.line[this.lineLength++] = next;
		}
	}

	private void onLine(String text) throws IOException {
		switch (this.state) {
			case STATUS -> onStatus(text);
			case HEADERS -> onHeader(text);
			case CHUNK_SIZE -> onChunkSize(text);
			case CHUNK_END -> {
				this.state = State.CHUNK_SIZE;
			}
			case TRAILERS -> {
				this.state = text.isEmpty() ? State.DONE : State.TRAILERS;
			}
			default -> throw new IllegalStateException("No line is read in state " + this.state);
		}
	}

	private void onStatus(String text) throws IOException {
		if (text.length() < 12 || !text.startsWith("HTTP/1.")) {
			throw new IOException("Not a status line: " + text);
		}
		this.status = number(text.substring(9, 12), 10);
		this.close |= text.startsWith("HTTP/1.0");
		this.state = State.HEADERS;
	}

	private void onHeader(String text) throws IOException {
		if (text.isEmpty()) {
			onBody();
			return;
		}
		int colon = text.indexOf(':');
		if (colon < 0) {
			throw new IOException("Not a header: " + text);
		}
		String value = text.substring(colon + 1).trim();
		switch (text.substring(0, colon).toLowerCase(Locale.ROOT)) {
			case "content-length" -> {
				this.remaining = number(value, 10);
			}
			case "transfer-encoding" -> {
				this.chunked = value.equalsIgnoreCase("chunked");
			}
			case "connection" -> {
				this.close |= value.equalsIgnoreCase("close");
			}
			case "x-shed-reason" -> {
				this.shedReason = value;
			}
			default -> {
			}
		}
	}

	private void onBody() {
		if (this.status < 200) {
			beginMessage();
		}
		else if (this.status == 204 || this.status == 304) {
			this.state = State.DONE;
		}
		else if (this.chunked) {
			this.state = State.CHUNK_SIZE;
		}
		else if (this.remaining >= 0) {
			this.state = (this.remaining == 0) ? State.DONE : State.FIXED;
		}
		else {
			this.close = true;
			this.state = State.UNTIL_CLOSE;
		}
	}

	private void onChunkSize(String text) throws IOException {
		int semicolon = text.indexOf(';');
		this.remaining = number(((semicolon < 0) ? text : text.substring(0, semicolon)).trim(), 16);
		this.state = (this.remaining == 0) ? State.TRAILERS : State.CHUNK_DATA;
	}

	private static int number(String text, int radix) throws IOException {
		try {
			return Integer.parseUnsignedInt(text, radix);
		}
		catch (NumberFormatException ex) {
			throw new IOException("Not a number: " + text, ex);
		}
	}

	/**
	 * The server has closed its side.
	 * @return whether that completes the response
	 */
	boolean endOfStream() {
		if (this.state == State.UNTIL_CLOSE) {
			this.state = State.DONE;
		}
		return this.state == State.DONE;
	}

	/**
	 * Whether any byte of the response was seen.
	 * @return {@code false} if the request may safely be sent again
	 */
	boolean started() {
		return this.started;
	}

	boolean mustClose() {
		return this.close;
	}

	int status() {
		return this.status;
	}

	@Nullable String shedReason() {
		return this.shedReason;
	}

	private enum State {

		STATUS, HEADERS, FIXED, CHUNK_SIZE, CHUNK_DATA, CHUNK_END, TRAILERS, UNTIL_CLOSE, DONE

	}

}
