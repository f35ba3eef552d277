/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.ghosts;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

import dev.holdfast.lab.peer.Identity;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

class LeaverTests {

	@Test
	void whoLeavesIsSeenToLeave() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
				Crowd crowd = crowd(4, server.getLocalPort(), null)) {
			List<Socket> sockets = List.of(server.accept(), server.accept(), server.accept(), server.accept());
			crowd.ask(List.of("/one", "/two"));
			crowd.leave();
			int ends = 0;
			int resets = 0;
			for (Socket socket : sockets) {
				try (socket) {
					ends += read(socket).startsWith("GET /") ? 1 : 0;
				}
				catch (IOException ex) {
					resets++;
				}
			}
			assertThat(ends).isEqualTo(2);
			assertThat(resets).isEqualTo(2);
		}
	}

	@Test
	void whoLeavesOnTlsSaysGoodbye(@TempDir Path folder) throws Exception {
		SSLContext tls = Identity.create(folder).sslContext();
		try (SSLServerSocket server = (SSLServerSocket) tls.getServerSocketFactory()
			.createServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			Thread client = new Thread(() -> {
				try (Leaver leaver = Leaver.connect(server.getLocalPort(), tls)) {
					leaver.ask("/one");
					leaver.leave();
				}
				catch (IOException ex) {
					// the server tells
				}
			});
			client.start();
			try (Socket socket = server.accept()) {
				assertThat(read(socket)).startsWith("GET /one HTTP/1.1\r\n").endsWith("\r\n\r\n");
			}
			client.join();
		}
	}

	@Test
	void crowdThatCannotConnectIsAnError() throws Exception {
		int port;
		try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			port = server.getLocalPort();
		}
		assertThatIOException().isThrownBy(() -> crowd(3, port, null).close()).withMessageContaining("3 clients");
	}

	private static Crowd crowd(int count, int port, @Nullable SSLContext tls) throws Exception {
		return Crowd.connect(count, () -> Leaver.connect(port, tls));
	}

	private static String read(Socket socket) throws IOException {
		socket.setSoTimeout(10_000);
		return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
	}

}
