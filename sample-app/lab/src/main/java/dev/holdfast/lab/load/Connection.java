/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

import org.jspecify.annotations.Nullable;

/**
 * One connection with at most one request on it.
 */
final class Connection {

	final ResponseParser response = new ResponseParser();

	@Nullable Exchange exchange;

	private final SocketChannel channel;

	private final SelectionKey key;

	private @Nullable ByteBuffer unsent;

	private int requests;

	private Connection(SocketChannel channel, Selector selector) throws IOException {
		this.channel = channel;
		this.key = channel.register(selector, SelectionKey.OP_CONNECT, this);
	}

	static Connection open(Selector selector, InetSocketAddress address) throws IOException {
		SocketChannel channel = SocketChannel.open();
		try {
			channel.configureBlocking(false);
			channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
			channel.connect(address);
			return new Connection(channel, selector);
		}
		catch (IOException ex) {
			channel.close();
			throw ex;
		}
	}

	void send(Exchange exchange, ByteBuffer request) throws IOException {
		this.exchange = exchange;
		exchange.connection = this;
		this.response.reset();
		this.requests++;
		this.unsent = request.duplicate();
		if (this.channel.isConnected()) {
			flush();
		}
	}

	/**
	 * Does what the socket is ready for.
	 * @param buffer scratch space for reading
	 * @return what has become of the connection
	 * @throws IOException if the connection is broken
	 */
	Progress advance(ByteBuffer buffer) throws IOException {
		if (this.key.isConnectable()) {
			this.channel.finishConnect();
			flush();
			return Progress.WAITING;
		}
		if (this.key.isWritable()) {
			flush();
		}
		return this.key.isReadable() ? read(buffer) : Progress.WAITING;
	}

	private void flush() throws IOException {
		ByteBuffer pending = this.unsent;
		if (pending != null) {
			this.channel.write(pending);
			this.unsent = pending.hasRemaining() ? pending : null;
		}
		this.key
			.interestOps((this.unsent != null) ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
	}

	private Progress read(ByteBuffer buffer) throws IOException {
		while (true) {
			buffer.clear();
			int count = this.channel.read(buffer);
			if (count == 0) {
				return Progress.WAITING;
			}
			if (this.exchange == null) {
				return Progress.CLOSED;
			}
			if (count < 0) {
				return this.response.endOfStream() ? Progress.COMPLETE : Progress.CLOSED;
			}
			if (this.response.parse(buffer.flip())) {
				return Progress.COMPLETE;
			}
		}
	}

	/**
	 * Whether the server may have closed the connection as idle just when the request was
	 * sent: not the server's failure, and safe to repeat elsewhere.
	 * @return {@code true} on a reused connection without any answer
	 */
	boolean lostWhileIdle() {
		return this.requests > 1 && !this.response.started();
	}

	boolean isReusable() {
		return this.channel.isOpen() && !this.response.mustClose();
	}

	void close() {
		this.key.cancel();
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			// it is given up either way
		}
	}

	enum Progress {

		/** Nothing to report yet. */
		WAITING,

		/** The response has arrived. */
		COMPLETE,

		/** The server has closed the connection without a complete response. */
		CLOSED

	}

}
