/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.websocket;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A client that reads only when it is told to, and minds no header that it does not need.
 */
final class RawClient implements AutoCloseable {

	private static final int FINAL_TEXT = 0x81;

	private static final int FINAL_CLOSE = 0x88;

	private static final int MASKED = 0x80;

	private final Socket socket;

	private final String head;

	private RawClient(Socket socket, String head) {
		this.socket = socket;
		this.head = head;
	}

	static RawClient open(int port) throws IOException {
		Socket socket = new Socket();
		socket.setReceiveBufferSize(4096);
		socket.setSoTimeout(20_000);
		socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		OutputStream out = socket.getOutputStream();
		out.write("""
				GET /echo HTTP/1.1\r
				Host: 127.0.0.1\r
				Connection: Upgrade\r
				Upgrade: websocket\r
				Sec-WebSocket-Version: 13\r
				Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
				\r
				""".getBytes(StandardCharsets.US_ASCII));
		String head = head(socket.getInputStream());
		if (!head.startsWith("HTTP/1.1 101")) {
			throw new IOException(head);
		}
		return new RawClient(socket, head);
	}

	/**
	 * The answer to its handshake.
	 * @return status line and headers
	 */
	String head() {
		return this.head;
	}

	/**
	 * Asks for more than it can take.
	 * @throws IOException if the connection fails
	 */
	void flood() throws IOException {
		byte[] text = WebSocketApplication.Echo.FLOOD.getBytes(StandardCharsets.US_ASCII);
		OutputStream out = this.socket.getOutputStream();
		out.write(new byte[] { (byte) FINAL_TEXT, (byte) (MASKED | text.length), 0, 0, 0, 0 });
		out.write(text);
	}

	/**
	 * Reads the message that closes the session, which is to be the next.
	 * @return its status
	 * @throws IOException if something else comes
	 */
	int closeStatus() throws IOException {
		DataInputStream in = new DataInputStream(this.socket.getInputStream());
		int kind = in.readUnsignedByte();
		int length = in.readUnsignedByte();
		if (kind != FINAL_CLOSE || length < 2) {
			throw new IOException("message " + kind + " of " + length + " bytes");
		}
		return in.readUnsignedShort();
	}

	private static String head(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			int next = in.read();
			if (next < 0) {
				throw new EOFException("cut after '" + head + "'");
			}
			head.append((char) next);
		}
		return head.toString();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
