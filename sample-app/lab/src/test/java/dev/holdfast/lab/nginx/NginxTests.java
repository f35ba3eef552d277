/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.nginx;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class NginxTests {

	private static final Duration KEEP_ALIVE = Duration.ofMillis(300);

	@Test
	void closesWhatIsIdleForTooLong() throws IOException {
		try (Nginx nginx = Nginx.start(InstalledNginx.program(), KEEP_ALIVE, 3);
				Socket socket = connect(nginx.address(2))) {
			long start = System.nanoTime();
			socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: nginx\r\n\r\n".getBytes(StandardCharsets.UTF_8));
			String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\r\nConnection: keep-alive\r\n").endsWith("\r\n1");
			assertThat(System.nanoTime() - start).isGreaterThan(KEEP_ALIVE.toNanos() / 2);
		}
	}

	@Test
	void endsWhenItIsClosed() throws IOException {
		Nginx nginx = Nginx.start(InstalledNginx.program(), KEEP_ALIVE, 1);
		nginx.close();
		assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(nginx.address(0)).close());
	}

	@Test
	void showsWhatAServerThatDoesNotStartHasSaid() {
		assertThatIOException().isThrownBy(() -> Nginx.start(Path.of("/bin/ls"), KEEP_ALIVE, 1).close())
			.withMessageContaining("did not answer")
			.withMessageContaining("ls:");
	}

	@Test
	void thereAreOnlySoManyAddresses() {
		assertThat(NginxConfiguration.text(80, KEEP_ALIVE, 250)).contains("listen 127.0.0.250:80;")
			.contains("keepalive_timeout 300ms;");
		assertThatIllegalArgumentException().isThrownBy(() -> NginxConfiguration.text(80, KEEP_ALIVE, 251));
	}

	private static Socket connect(URI address) throws IOException {
		Socket socket = new Socket(address.getHost(), address.getPort());
		socket.setSoTimeout(10_000);
		return socket;
	}

}
