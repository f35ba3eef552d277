/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.peer;

import java.io.IOException;
import java.nio.file.Path;

import javax.net.ssl.SSLContext;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ClientCertificateTests {

	private static Identity identity;

	@BeforeAll
	static void createIdentity(@TempDir Path folder) throws Exception {
		identity = Identity.create(folder);
	}

	@Test
	void answersWhoShowsTheCertificate() throws IOException {
		try (Peer peer = Peers.clientCertificate(identity);
				Caller caller = new Caller(identity.sslContext().getSocketFactory().createSocket(), peer.port())) {
			assertThat(caller.get().head()).contains("200 OK");
			assertThat(caller.read(2)).isEqualTo("ok");
			assertThat(caller.get().head()).contains("200 OK");
			assertThat(peer.connections()).isEqualTo(1);
		}
	}

	@Test
	void refusesWhoShowsNone() throws Exception {
		SSLContext trusting = identity.trustingContext();
		try (Peer peer = Peers.clientCertificate(identity);
				Caller caller = new Caller(trusting.getSocketFactory().createSocket(), peer.port())) {
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> caller.get().head());
			assertThat(peer.requests()).isZero();
		}
	}

}
