/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the upstream does when it is called by this name. What takes long takes longer
 * than anybody should wait; all but {@link #ENDLESS} come to an end within ten minutes.
 */
enum UpstreamScenario {

	/** Answers at once. */
	OK {
		@Override
		void play(UpstreamConnection caller) throws IOException {
			caller.answer("200 OK", "in stock");
		}
	},

	/** Answers in two seconds: the first byte after one, the last after two. */
	SLOW_OK {
		@Override
		void play(UpstreamConnection caller) throws IOException {
			String body = "in stock";
			caller.pause(Duration.ofSeconds(1));
			caller.send(UpstreamConnection.head("200 OK", "Content-Length: " + body.length()));
			caller.pause(Duration.ofSeconds(1));
			caller.send(body);
		}
	},

	/** Answers after half a minute. */
	SLOW_HEADERS {
		@Override
		void play(UpstreamConnection caller) throws IOException {
			caller.pause(Duration.ofSeconds(30));
			caller.answer("200 OK", "in stock");
		}
	},

	/** Sends its headers byte by byte: every read succeeds soon, for five minutes. */
	DRIP_HEADERS {
		@Override
		void play(UpstreamConnection caller) throws IOException {
			caller.drip(UpstreamConnection.head("200 OK", "Content-Length: 0", "X-Padding: " + "x".repeat(LONG)), DRIP);
		}
	},

	/** Sends its headers at once and its body byte by byte, for five minutes. */
	DRIP_BODY {
		@Override
		void play(UpstreamConnection caller) throws IOException {
			caller.send(UpstreamConnection.head("200 OK", "Content-Length: " + LONG));
			caller.drip("x".repeat(LONG), DRIP);
		}
	},

	/** Accepts the connection, reads the request and says nothing. */
	SILENT {
		@Override
		void play(UpstreamConnection caller) throws IOException {
			caller.pause(Duration.ofMinutes(10));
			caller.close();
		}
	},

	/**
	 * Sends a body without an end. Nothing is slow here: whoever closes politely, which
	 * means reading what is left, never comes back.
	 */
	ENDLESS {
		@Override
		void play(UpstreamConnection caller) throws IOException {
			caller.send(UpstreamConnection.head("200 OK", "Transfer-Encoding: chunked"));
			String chunk = Integer.toHexString(CHUNK) + "\r\n" + "x".repeat(CHUNK) + "\r\n";
			while (true) {
				caller.send(chunk);
				caller.pause(Duration.ofMillis(10));
			}
		}
	},

	/** Cuts the connection in the middle of the body. */
	RESET {
		@Override
		void play(UpstreamConnection caller) throws IOException {
			caller.send(UpstreamConnection.head("200 OK", "Content-Length: " + LONG) + "x".repeat(LONG / 2));
			caller.reset();
		}
	},

	/** Answers at once that it cannot. */
	UNAVAILABLE {
		@Override
		void play(UpstreamConnection caller) throws IOException {
			caller.answer("503 Service Unavailable", "closed for stocktaking", "Retry-After: 30");
		}
	},

	/** Sends the caller where a cloud keeps the credentials of its machines. */
	REDIRECT_METADATA {
		@Override
		void play(UpstreamConnection caller) throws IOException {
			caller.answer("302 Found", "", "Location: http://169.254.169.254/latest/meta-data/");
		}
	};

	private static final Duration DRIP = Duration.ofMillis(100);

	/** Bytes that take five minutes to drip. */
	private static final int LONG = 3_000;

	private static final int CHUNK = 8_192;

	/**
	 * Answers, in its own way.
	 * @param caller who called
	 * @throws IOException if the caller has gone
	 */
	abstract void play(UpstreamConnection caller) throws IOException;

	String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	static Optional<UpstreamScenario> of(String id) {
		return Arrays.stream(values()).filter((scenario) -> scenario.id().equals(id)).findFirst();
	}

	static String ids() {
		return Arrays.stream(values()).map(UpstreamScenario::id).collect(Collectors.joining(", "));
	}

}
