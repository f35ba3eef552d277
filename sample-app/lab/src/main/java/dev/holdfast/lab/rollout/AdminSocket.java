/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.rollout;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The runtime API of haproxy: one command, one answer, one connection.
 *
 * @param path where the socket is
 */
record AdminSocket(Path path) {

	/**
	 * Says something that is answered with nothing, or with what was done.
	 * @param command the command
	 * @param done how the answer begins if it is not empty
	 * @throws IOException if it was refused
	 */
	void order(String command, String... done) throws IOException {
		String answer = ask(command).trim();
		for (String expected : done) {
			if (answer.contains(expected)) {
				return;
			}
		}
		if (!answer.isEmpty()) {
			throw new IOException("haproxy: " + command + ": " + answer);
		}
	}

	String ask(String command) throws IOException {
		try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			channel.connect(UnixDomainSocketAddress.of(this.path));
			channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.US_ASCII)));
			ByteArrayOutputStream answer = new ByteArrayOutputStream();
			ByteBuffer buffer = ByteBuffer.allocate(8192);
			while (channel.read(buffer) >= 0) {
				answer.write(buffer.array(), 0, buffer.position());
				buffer.clear();
			}
			return answer.toString(StandardCharsets.US_ASCII);
		}
	}

}
