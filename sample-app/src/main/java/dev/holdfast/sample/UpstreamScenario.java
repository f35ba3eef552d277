/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the upstream does when it is called by this name.
 */
enum UpstreamScenario {

	/** Answers at once. */
	OK {
		@Override
		void play(OutputStream out) throws IOException {
			answer(out, "200 OK", "in stock");
		}
	},

	/** Answers at once that it cannot. */
	UNAVAILABLE {
		@Override
		void play(OutputStream out) throws IOException {
			answer(out, "503 Service Unavailable", "closed for stocktaking");
		}
	};

	/**
	 * Writes what this scenario answers.
	 * @param out the connection to the caller
	 * @throws IOException if the caller has gone
	 */
	abstract void play(OutputStream out) throws IOException;

	String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	static Optional<UpstreamScenario> of(String id) {
		return Arrays.stream(values()).filter((scenario) -> scenario.id().equals(id)).findFirst();
	}

	static String ids() {
		return Arrays.stream(values()).map(UpstreamScenario::id).collect(Collectors.joining(", "));
	}

	static void answer(OutputStream out, String status, String body) throws IOException {
		byte[] content = body.getBytes(StandardCharsets.UTF_8);
		String head = "HTTP/1.1 " + status + "\r\nContent-Type: text/plain\r\nContent-Length: " + content.length
				+ "\r\n\r\n";
		out.write(head.getBytes(StandardCharsets.ISO_8859_1));
		out.write(content);
		out.flush();
	}

}
