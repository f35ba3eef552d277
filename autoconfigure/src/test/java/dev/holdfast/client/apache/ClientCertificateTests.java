/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

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
@Tag("B7")
class ClientCertificateTests {

	private static final String PASSWORD = "changeit";

	private static Path keys;

	@BeforeAll
	static void makeKeys(@TempDir Path folder) throws IOException, InterruptedException {
		keys = folder.resolve("keys.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "own", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=ip:127.0.0.1",
				"-storetype", "PKCS12", "-keystore", keys.toString(), "-storepass", PASSWORD)
			.redirectErrorStream(true)
			.start();
		String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(keytool.waitFor()).as(output).isZero();
	}

	@Test
	void eightCallsNeedOneConnection() throws Exception {
		try (Peer peer = Peer.answering(listener(), Peer.OK); Bounded app = Bounded.with(bundle())) {
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
		try (Peer peer = Peer.answering(listener(), Peer.OK); Bounded app = Bounded.plain(bundle())) {
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

	private static String[] bundle() {
		String store = "spring.ssl.bundle.jks.own.%s.%s=%s";
		return new String[] { "spring.http.clients.ssl.bundle=own",
				store.formatted("keystore", "location", keys.toUri()),
				store.formatted("keystore", "password", PASSWORD), store.formatted("keystore", "type", "PKCS12"),
				store.formatted("truststore", "location", keys.toUri()),
				store.formatted("truststore", "password", PASSWORD), store.formatted("truststore", "type", "PKCS12") };
	}

	private static SSLServerSocket listener() throws GeneralSecurityException, IOException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(keys)) {
			store.load(in, PASSWORD.toCharArray());
		}
		KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		own.init(store, PASSWORD.toCharArray());
		TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trusted.init(store);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
		SSLServerSocket listener = (SSLServerSocket) context.getServerSocketFactory()
			.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
		listener.setNeedClientAuth(true);
		return listener;
	}

}
