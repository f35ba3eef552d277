/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Objects;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * Sockets of this machine as its kernel shows them.
 */
@Tag("A5")
@EnabledOnOs(OS.LINUX)
class LoopbackSocketsTests {

	private final Sockets sockets = new Sockets(Path.of("/proc"), System::nanoTime, () -> 0);

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "::1" })
	void aConnectionIsFoundFromBothEnds(String address) throws IOException {
		try (ServerSocket server = listen(address);
				Socket client = connect(server);
				Socket accepted = server.accept()) {
			SocketTable table = table();
			assertThat(table.listeningPorts()).contains(server.getLocalPort());
			assertThat(table.statesOfPort(server.getLocalPort())).containsEntry(SocketState.LISTEN, 1)
				.containsEntry(SocketState.ESTABLISHED, 1);
			SocketEntry entry = find(client);
			assertThat(entry.state()).isEqualTo(SocketState.ESTABLISHED);
			assertThat(entry.local()).isEqualTo(client.getLocalSocketAddress());
			assertThat(entry.remote()).isEqualTo(client.getRemoteSocketAddress());
			assertThat(find(accepted).remote()).isEqualTo(client.getLocalSocketAddress());
			assertThat(table.statesByRemote(Integer.MAX_VALUE))
				.containsKey((InetSocketAddress) client.getRemoteSocketAddress());
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "::1" })
	void whatThePeerHasClosedWaitsForUsWithItsBytes(String address) throws IOException {
		try (ServerSocket server = listen(address); Socket client = connect(server)) {
			try (Socket accepted = server.accept()) {
				accepted.getOutputStream().write(new byte[1234]);
			}
			await().untilAsserted(() -> {
				SocketEntry entry = find(client);
				assertThat(entry.state()).isEqualTo(SocketState.CLOSE_WAIT);
				// the end of the stream counts as a byte
				assertThat(entry.receiveQueue()).isBetween(1234L, 1235L);
			});
			assertThat(
					table().statesByRemote(Integer.MAX_VALUE).get((InetSocketAddress) client.getRemoteSocketAddress()))
				.containsEntry(SocketState.CLOSE_WAIT, 1);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "127.0.0.1", "::1" })
	void whatAPeerDoesNotReadWaitsInTheSendQueue(String address) throws IOException {
		try (ServerSocket server = listen(address);
				Socket client = connect(server);
				Socket accepted = server.accept()) {
			Thread writer = new Thread(() -> {
				try {
					client.getOutputStream().write(new byte[32 << 20]);
				}
				catch (IOException ex) {
					// the test is over: the socket is closed
				}
			});
			writer.setDaemon(true);
			writer.start();
			await().untilAsserted(() -> {
				SocketEntry entry = find(client);
				assertThat(entry.sendQueue()).isPositive();
				assertThat(entry.probing()).isTrue();
				assertThat(entry.retransmitting()).isFalse();
				assertThat(find(accepted).receiveQueue()).isPositive();
			});
		}
	}

	private static ServerSocket listen(String address) throws IOException {
		try {
			return new ServerSocket(0, 50, ProcTables.address(address));
		}
		catch (IOException ex) {
			assumeThat(address).as("this machine has no IPv6").isEqualTo("127.0.0.1");
			throw ex;
		}
	}

	private static Socket connect(ServerSocket server) throws IOException {
		return new Socket(server.getInetAddress(), server.getLocalPort());
	}

	private SocketTable table() {
		return Objects.requireNonNull(this.sockets.fresh());
	}

	private SocketEntry find(Socket socket) {
		SocketEntry entry = table().find((InetSocketAddress) socket.getLocalSocketAddress(),
				(InetSocketAddress) socket.getRemoteSocketAddress());
		if (entry == null) {
			throw new AssertionError("There is no row of " + socket);
		}
		return entry;
	}

}
