/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BlackHoleTests {

	@Test
	void neverAnswersToAnAttemptToConnect() throws IOException {
		try (BlackHole hole = new BlackHole()) {
			assertThat(hole.url("black-hole.test")).isEqualTo("http://black-hole.test:" + hole.port());
			for (int i = 0; i < 4; i++) {
				try (Socket socket = new Socket()) {
					InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), hole.port());
					assertThatExceptionOfType(SocketTimeoutException.class)
						.isThrownBy(() -> socket.connect(address, 200));
				}
			}
		}
	}

}
