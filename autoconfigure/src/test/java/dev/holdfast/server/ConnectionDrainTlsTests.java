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
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a drain does to connections over TLS.
 */
class ConnectionDrainTlsTests {

	private static final String PASSWORD = "changeit";

	private static Path store = Path.of("keys.p12");

	@BeforeAll
	static void makeCertificate(@TempDir Path folder) throws IOException, InterruptedException {
		store = folder.resolve(store);
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "own", "-keyalg", "EC", "-dname", "CN=localhost", "-ext",
				"SAN=dns:localhost,ip:127.0.0.1", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass",
				PASSWORD)
			.redirectErrorStream(true)
			.start();
		String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(keytool.waitFor()).as(output).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void idleConnectionEnds(ServerKind kind) throws IOException, GeneralSecurityException {
		try (DrainedApplication application = start(kind);
				RawConnection idle = connect(application);
				RawConnection kept = connect(application)) {
			assertThat(idle.get("/hello").isLast()).isFalse();
			assertThat(kept.get("/hello").isLast()).isFalse();
			application.announceClose();
			assertThat(kept.get("/chunked").isLast()).isTrue();
			assertThat(kept.isEnded()).isTrue();
			AtomicInteger closed = new AtomicInteger();
			Awaitility.await().until(() -> closed.addAndGet(application.closeIdle(Duration.ZERO)) == 1);
			assertThat(idle.isEnded()).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource
	void handshakeIsNotCut(ServerKind kind) throws IOException, GeneralSecurityException {
		try (DrainedApplication application = start(kind);
				Socket plain = new Socket(InetAddress.getLoopbackAddress(), application.application().port())) {
			Awaitility.await().until(() -> application.open() == 1);
			application.announceClose();
			Awaitility.await()
				.during(Duration.ofMillis(300))
				.until(() -> application.closeIdle(Duration.ZERO), (closed) -> closed == 0);
			try (RawConnection late = secure(plain)) {
				assertThat(late.get("/hello").isLast()).isTrue();
			}
		}
	}

	private static DrainedApplication start(ServerKind kind) {
		return DrainedApplication.start(kind, "server.ssl.key-store=" + store.toUri(),
				"server.ssl.key-store-password=" + PASSWORD);
	}

	private static RawConnection connect(DrainedApplication application) throws IOException, GeneralSecurityException {
		return secure(new Socket(InetAddress.getLoopbackAddress(), application.application().port()));
	}

	private static RawConnection secure(Socket plain) throws IOException, GeneralSecurityException {
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(store)) {
			keys.load(in, PASSWORD.toCharArray());
		}
		TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trusted.init(keys);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trusted.getTrustManagers(), null);
		return RawConnection.over(context.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true));
	}

}
