/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.app;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What the application says about itself.
 */
public final class Actuator {

	private final int port;

	Actuator(int port) {
		this.port = port;
	}

	/**
	 * State of the server's limiter.
	 * @return the state, or nothing where there is no such endpoint
	 */
	public Optional<LimiterState> limiter() {
		return read("concurrency").flatMap(LimiterState::parse);
	}

	/**
	 * What an endpoint answers.
	 * @param endpoint its id
	 * @return its answer, or nothing where there is no such endpoint
	 */
	public Optional<String> read(String endpoint) {
		try {
			URI uri = URI.create("http://127.0.0.1:" + this.port + "/actuator/" + endpoint);
			HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
			connection.setConnectTimeout(2000);
			connection.setReadTimeout(2000);
			if (connection.getResponseCode() != 200) {
				return Optional.empty();
			}
			try (InputStream in = connection.getInputStream()) {
				return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
			}
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

}
