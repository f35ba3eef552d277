/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

import javax.net.ssl.SSLServerSocket;

import dev.holdfast.client.Pool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client certificate is no reason to open a connection for each call.
 */
@Tag("B5")
class ClientCertificateTests {

	private static Certificate certificate;

	@BeforeAll
	static void makeCertificate(@TempDir Path folder) throws IOException, InterruptedException {
		certificate = Certificate.in(folder);
	}

	@Test
	void eightCallsNeedOneConnection() throws Exception {
		try (Peer peer = Peer.answering(listener(), Peer.OK); Bounded app = Bounded.with(certificate.shown())) {
			assertThat(callEightTimes(app, peer)).isOne();
			Pool.Connections connections = app.pool().connectionsByTarget().values().iterator().next();
			assertThat(connections.idle()).isOne();
			assertThat(connections.leased()).isZero();
		}
	}

	/**
	 * Boot by itself: HttpClient takes the certificate for a user, and each of Spring's
	 * calls for another one's.
	 */
	@Test
	void withoutUsEightCallsNeedEight() throws Exception {
		try (Peer peer = Peer.answering(listener(), Peer.OK); Bounded app = Bounded.plain(certificate.shown())) {
			assertThat(callEightTimes(app, peer)).isEqualTo(8);
		}
	}

	private static int callEightTimes(Bounded app, Peer peer) {
		RestClient client = app.client();
		for (int i = 0; i < 8; i++) {
			String url = peer.url().replace("http:", "https:");
			assertThat(client.get().uri(url).retrieve().body(String.class)).isEqualTo("ok");
		}
		return peer.connections();
	}

	private static SSLServerSocket listener() throws GeneralSecurityException, IOException {
		SSLServerSocket listener = certificate.listener();
		listener.setNeedClientAuth(true);
		return listener;
	}

}
