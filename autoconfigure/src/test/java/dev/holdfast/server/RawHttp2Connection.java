/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import javax.net.ssl.SSLSocket;

/**
 * A connection over HTTP/2 on which every frame is seen.
 */
final class RawHttp2Connection implements AutoCloseable {

	private static final int HEADERS = 1;

	private static final int RST_STREAM = 3;

	private static final int SETTINGS = 4;

	private static final int PING = 6;

	private static final int GOAWAY = 7;

	private static final int CANCEL = 8;

	private static final int ACK = 1;

	private static final int END_OF_STREAM_AND_HEADERS = 5;

	/** Longest wait for a frame, ms. */
	private static final int PATIENCE = 20_000;

	/** No client opens a stream of this number. */
	private static final int LARGEST_STREAM = Integer.MAX_VALUE - 2;

	private final Socket socket;

	private final PushbackInputStream in;

	private final List<Frame> seen = new ArrayList<>();

	private RawHttp2Connection(Socket socket) throws IOException {
		this.socket = socket;
		this.in = new PushbackInputStream(socket.getInputStream());
	}

	static RawHttp2Connection to(int port) throws IOException {
		return over(new Socket(InetAddress.getLoopbackAddress(), port));
	}

	static RawHttp2Connection over(Socket socket) throws IOException {
		socket.setSoTimeout(PATIENCE);
		RawHttp2Connection connection = new RawHttp2Connection(socket);
		connection.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
		connection.send(SETTINGS, 0, 0, new byte[0]);
		connection.await((frame) -> frame.type() == SETTINGS && frame.flags() == 0);
		return connection;
	}

	// indexed: GET and the scheme; with names from the table: path and authority
	void ask(int stream, String path) throws IOException {
		ByteArrayOutputStream block = new ByteArrayOutputStream();
		block.write(0x82);
		block.write((this.socket instanceof SSLSocket) ? 0x87 : 0x86);
		literal(block, 4, path);
		literal(block, 1, "localhost");
		send(HEADERS, END_OF_STREAM_AND_HEADERS, stream, block.toByteArray());
	}

	private static void literal(ByteArrayOutputStream block, int name, String value) {
		block.write(name);
		block.write(value.length());
		block.writeBytes(value.getBytes(StandardCharsets.US_ASCII));
	}

	void cancel(int stream) throws IOException {
		send(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(CANCEL).array());
	}

	void awaitOk(int stream) throws IOException {
		Frame headers = await((frame) -> frame.type() == HEADERS && frame.stream() == stream);
		if (!headers.isStatusOk()) {
			throw new AssertionError("no status 200: " + headers);
		}
		await((frame) -> frame.stream() == stream && (frame.flags() & 1) != 0);
	}

	/**
	 * Looks at what has come, and hardly waits for more.
	 * @return whether it was told to go elsewhere with what is not yet asked
	 * @throws IOException if the connection is reset
	 */
	boolean isToldToGoAway() throws IOException {
		while (hasMore()) {
			read();
		}
		return this.seen.stream()
			.filter((frame) -> frame.type() == GOAWAY)
			.findFirst()
			.filter((frame) -> frame.payload().getInt(0) >= LARGEST_STREAM)
			.isPresent();
	}

	// TLS does not tell what it has without reading it
	private boolean hasMore() throws IOException {
		if (!(this.socket instanceof SSLSocket)) {
			return this.in.available() > 0;
		}
		this.socket.setSoTimeout(20);
		try {
			int first = this.in.read();
			if (first >= 0) {
				this.in.unread(first);
			}
			return first >= 0;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
		finally {
			this.socket.setSoTimeout(PATIENCE);
		}
	}

	/**
	 * Reads what has come.
	 * @return whether the server has closed the connection behind it
	 * @throws IOException if the connection is reset
	 */
	boolean isAtEnd() throws IOException {
		this.socket.setSoTimeout(100);
		try {
			while (true) {
				read();
			}
		}
		catch (EOFException ex) {
			return true;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
	}

	/**
	 * Waits for a frame, and first looks among those that have come.
	 * @param wanted tells the frame
	 * @return the frame
	 * @throws IOException if the connection ends before
	 */
	private Frame await(Predicate<Frame> wanted) throws IOException {
		for (Frame frame : this.seen) {
			if (wanted.test(frame)) {
				return frame;
			}
		}
		Frame frame = read();
		while (!wanted.test(frame)) {
			frame = read();
		}
		return frame;
	}

	private Frame read() throws IOException {
		byte[] head = this.in.readNBytes(9);
		if (head.length < 9) {
			throw new EOFException("after " + this.seen);
		}
		ByteBuffer fields = ByteBuffer.wrap(head);
		int length = ((fields.getShort() & 0xffff) << 8) | (fields.get() & 0xff);
		byte[] payload = this.in.readNBytes(length);
		Frame frame = new Frame(fields.get(), fields.get(), fields.getInt(), ByteBuffer.wrap(payload));
		this.seen.add(frame);
		if ((frame.type() == SETTINGS || frame.type() == PING) && frame.flags() == 0) {
			send(frame.type(), ACK, 0, (frame.type() == PING) ? payload : new byte[0]);
		}
		return frame;
	}

	private void send(int type, int flags, int stream, byte[] payload) throws IOException {
		ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
		frame.putShort((short) (payload.length >> 8)).put((byte) payload.length);
		frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
		write(frame.array());
	}

	private void write(byte[] bytes) throws IOException {
		this.socket.getOutputStream().write(bytes);
		this.socket.getOutputStream().flush();
	}

	void leave() throws IOException {
		this.socket.close();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	private record Frame(int type, int flags, int stream, ByteBuffer payload) {

		// first comes the status, unless the size of the table changes before
		boolean isStatusOk() {
			int at = 0;
			while ((this.payload.get(at) & 0xe0) == 0x20) {
				boolean more = (this.payload.get(at) & 0x1f) == 0x1f;
				at++;
				while (more) {
					more = this.payload.get(at) < 0;
					at++;
				}
			}
			return (this.payload.get(at) & 0xff) == 0x88;
		}

	}

}
