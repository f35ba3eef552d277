/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate that both sides show and both sides trust, made by the JDK's keytool when
 * it is needed. An entry with a private key is a trust anchor as well, so that one file
 * serves as key store and as trust store.
 *
 * @param store the key store, PKCS12
 * @param password its password
 */
public record Identity(Path store, String password) {

	/**
	 * Makes one for the loopback address.
	 * @param folder where the key store goes
	 * @return the identity
	 * @throws IOException if it cannot be made
	 * @throws InterruptedException if interrupted
	 */
	public static Identity create(Path folder) throws IOException, InterruptedException {
		Identity identity = new Identity(folder.resolve("identity.p12"), "loopback");
		Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
		Process process = new ProcessBuilder(keytool.toString(), "-genkeypair", "-alias", "lab", "-keyalg", "EC",
				"-dname", "CN=localhost", "-ext", "san=dns:localhost,ip:127.0.0.1", "-validity", "30", "-storetype",
				"PKCS12", "-keystore", identity.store().toString(), "-storepass", identity.password())
			.redirectErrorStream(true)
			.start();
		String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		if (process.waitFor() != 0) {
			throw new IOException("keytool made no key store: " + said);
		}
		return identity;
	}

	/**
	 * A side that shows the certificate and trusts it.
	 * @return a new context, with no sessions to resume
	 */
	public SSLContext sslContext() {
		return context(true);
	}

	/**
	 * A side that trusts the certificate and shows none.
	 * @return a new context
	 */
	SSLContext trustingContext() {
		return context(false);
	}

	private SSLContext context(boolean shown) {
		char[] secret = this.password.toCharArray();
		try (InputStream in = Files.newInputStream(this.store)) {
			KeyStore keys = KeyStore.getInstance("PKCS12");
			keys.load(in, secret);
			KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
			own.init(keys, secret);
			TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trusted.init(keys);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(shown ? own.getKeyManagers() : null, trusted.getTrustManagers(), null);
			return context;
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException("The key store of keytool cannot be read", ex);
		}
	}

}
