/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * An {@link Error} while a plain socket is being connected ends its call, leaves no
 * socket behind and harms no other.
 */
@Tag("B3")
class ConnectErrorTests {

	private final AtomicBoolean broken = new AtomicBoolean(true);

	@ParameterizedTest(name = "with the socket open: {0}")
	@ValueSource(booleans = { false, true })
	void anErrorAtTheSocketEndsItsCallAndNoOther(boolean open) {
		ManagedHttpClientConnectionFactory fragile = new ManagedHttpClientConnectionFactory() {
			@Override
			public ManagedHttpClientConnection createConnection(Socket socket) throws IOException {
				return breaking(super.createConnection(socket), open);
			}
		};
		try (Peer peer = Peer.answering(Peer.OK);
				Bounded app = Bounded.customized(
						(builder) -> builder
							.withConnectionManagerCustomizer((manager) -> manager.setConnectionFactory(fragile)),
						"holdfast.client.max-connections-per-route=2")) {
			RestClient client = app.client();
			for (int i = 0; i < 5; i++) {
				assertThatExceptionOfType(NoSuchMethodError.class)
					.isThrownBy(() -> client.get().uri(peer.url()).retrieve().toBodilessEntity());
				app.awaitLeased(0);
			}
			Awaitility.await().until(() -> peer.connections() == (open ? 5 : 0));
			Awaitility.await().until(() -> peer.openConnections() == 0);
			this.broken.set(false);
			assertThat(client.get().uri(peer.url()).retrieve().body(String.class)).isEqualTo("ok");
			assertThat(peer.openConnections()).isOne();
		}
	}

	// a connection is told its socket twice: when it is made, and when it is open
	private ManagedHttpClientConnection breaking(ManagedHttpClientConnection connection, boolean open) {
		return (ManagedHttpClientConnection) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { ManagedHttpClientConnection.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("bind") && this.broken.get()
							&& ((Socket) arguments[0]).isConnected() == open) {
						throw new NoSuchMethodError("bind");
					}
					try {
						return method.invoke(connection, arguments);
					}
					catch (InvocationTargetException ex) {
						throw ex.getTargetException();
					}
				});
	}

}
