/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.concurrent.Callable;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A Jetty to which nobody has added HTTP/2.
 */
class ConnectionDrainWithoutHttp2Tests {

	private static final String HTTP2 = "org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory";

	@Test
	void closeIsAnnouncedWhereTheLibraryIsAbsent() throws Exception {
		Thread thread = Thread.currentThread();
		ClassLoader before = thread.getContextClassLoader();
		try (URLClassLoader loader = new URLClassLoader(withoutHttp2(), ClassLoader.getPlatformClassLoader())) {
			assertThatExceptionOfType(ClassNotFoundException.class).isThrownBy(() -> loader.loadClass(HTTP2));
			thread.setContextClassLoader(loader);
			Object probe = loader.loadClass(Probe.class.getName()).getConstructor().newInstance();
			assertThat(((Callable<?>) probe).call()).isEqualTo(true);
		}
		finally {
			thread.setContextClassLoader(before);
		}
	}

	private static URL[] withoutHttp2() {
		return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.contains("jetty-http2"))
			.map(ConnectionDrainWithoutHttp2Tests::url)
			.toArray(URL[]::new);
	}

	private static URL url(String entry) {
		try {
			return new File(entry).toURI().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException(entry, ex);
		}
	}

	/**
	 * Runs with classes of its own.
	 */
	public static final class Probe implements Callable<Boolean> {

		@Override
		public Boolean call() throws Exception {
			try (DrainedApplication application = DrainedApplication.start(ServerKind.JETTY);
					RawConnection connection = application.connect()) {
				boolean before = connection.get("/hello").isLast();
				application.announceClose();
				return !before && connection.get("/hello").isLast();
			}
		}

	}

}
