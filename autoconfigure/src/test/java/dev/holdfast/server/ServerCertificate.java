/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate of our own for {@code localhost}.
 *
 * @param store where it is
 */
record ServerCertificate(Path store) {

	private static final String PASSWORD = "changeit";

	static ServerCertificate in(Path folder) throws IOException, InterruptedException {
		Path store = folder.resolve("keys.p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "own", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
				"SAN=dns:localhost,ip:127.0.0.1", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass",
				PASSWORD)
			.redirectErrorStream(true)
			.start();
		String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (keytool.waitFor() != 0) {
			throw new IOException(output);
		}
		return new ServerCertificate(store);
	}

	List<String> settings() {
		return List.of("server.ssl.key-store=" + this.store.toUri(), "server.ssl.key-store-password=" + PASSWORD);
	}

	/**
	 * Connects.
	 * @param port port of the server
	 * @param protocols application protocols to offer
	 * @return the connection, the plain one below included
	 * @throws IOException if there is no connection
	 * @throws GeneralSecurityException if the certificate cannot be read
	 */
	Secured connect(int port, String... protocols) throws IOException, GeneralSecurityException {
		return connect("TLS", port, protocols);
	}

	/**
	 * Connects.
	 * @param version newest version of TLS that is spoken, by the name of its context
	 * @param port port of the server
	 * @param protocols application protocols to offer
	 * @return the connection, the plain one below included
	 * @throws IOException if there is no connection
	 * @throws GeneralSecurityException if the certificate cannot be read
	 */
	Secured connect(String version, int port, String... protocols) throws IOException, GeneralSecurityException {
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(this.store)) {
			keys.load(in, PASSWORD.toCharArray());
		}
		TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trusted.init(keys);
		SSLContext context = SSLContext.getInstance(version);
		context.init(null, trusted.getTrustManagers(), null);
		Socket plain = new Socket(InetAddress.getLoopbackAddress(), port);
		SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", port, true);
		SSLParameters parameters = socket.getSSLParameters();
		parameters.setApplicationProtocols(protocols);
		socket.setSSLParameters(parameters);
		socket.startHandshake();
		return new Secured(plain, socket);
	}

	/**
	 * A connection over TLS.
	 *
	 * @param plain the connection below
	 * @param socket what is sent through it
	 */
	record Secured(Socket plain, Socket socket) {
	}

}
