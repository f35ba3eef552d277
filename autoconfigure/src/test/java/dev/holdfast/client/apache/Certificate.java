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
import java.util.stream.Stream;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A certificate of the loopback address that nobody else has signed, and its key.
 *
 * @param store where both are
 */
record Certificate(Path store) {

	private static final String PASSWORD = "changeit";

	static Certificate in(Path folder) throws IOException, InterruptedException {
		Path store = folder.resolve("keys.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "own", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "SAN=ip:127.0.0.1",
				"-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD)
			.redirectErrorStream(true)
			.start();
		String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(keytool.waitFor()).as(output).isZero();
		return new Certificate(store);
	}

	/**
	 * Properties of clients that trust it and show none of their own.
	 * @param more further properties
	 * @return all of them
	 */
	String[] trusted(String... more) {
		return Stream
			.concat(Stream.concat(Stream.of("spring.http.clients.ssl.bundle=own"), store("truststore")),
					Stream.of(more))
			.toArray(String[]::new);
	}

	/**
	 * Properties of clients that trust it and show it.
	 * @return the properties
	 */
	String[] shown() {
		return trusted(store("keystore").toArray(String[]::new));
	}

	private Stream<String> store(String which) {
		String property = "spring.ssl.bundle.jks.own." + which + ".%s=%s";
		return Stream.of(property.formatted("location", this.store.toUri()), property.formatted("password", PASSWORD),
				property.formatted("type", "PKCS12"));
	}

	SSLServerSocket listener() throws GeneralSecurityException, IOException {
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(this.store)) {
			keys.load(in, PASSWORD.toCharArray());
		}
		KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		own.init(keys, PASSWORD.toCharArray());
		TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trusted.init(keys);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
		return (SSLServerSocket) context.getServerSocketFactory()
			.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
	}

}
