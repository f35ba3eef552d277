/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.concurrent.ExecutorService;

import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;

/**
 * What an application may keep of a response whose body it has not read to its end yet.
 * Nothing else leads to the response then.
 */
enum Kept {

	/** The stream of the body. */
	STREAM {
		@Override
		Held take(Turn turn) throws IOException {
			return new HeldStream(turn.stream());
		}
	},

	/** The stream of a body that comes in pieces. */
	SLOW {
		@Override
		Held take(Turn turn) throws IOException {
			return new HeldStream(turn.stream());
		}
	},

	/** The stream of a body that is compressed. */
	ZIPPED {
		@Override
		Held take(Turn turn) throws IOException {
			return new HeldStream(turn.stream());
		}
	},

	/** A stream of the application around that of the body. */
	WRAPPED {
		@Override
		Held take(Turn turn) throws IOException {
			return new HeldStream(new BufferedInputStream(turn.stream(), 1000));
		}
	},

	/** An iterator over the lines of the body. */
	LINES {
		@Override
		Held take(Turn turn) throws IOException {
			return new HeldLines(
					new BufferedReader(new InputStreamReader(turn.stream(), StandardCharsets.ISO_8859_1), 1000).lines()
						.iterator());
		}
	},

	/** The response itself. */
	RESPONSE {
		@Override
		Held take(Turn turn) throws IOException {
			ClassicHttpResponse response = turn.open();
			return (pause) -> {
				try (response) {
					pause.run();
					return response.getEntity().getContent().readAllBytes();
				}
			};
		}
	},

	/** The entity, whose stream is asked for at last. */
	ENTITY {
		@Override
		Held take(Turn turn) throws IOException {
			HttpEntity entity = turn.open().getEntity();
			return (pause) -> {
				pause.run();
				return entity.getContent().readAllBytes();
			};
		}
	},

	/** The entity, which writes itself where the application pauses. */
	WRITTEN {
		@Override
		Held take(Turn turn) throws IOException {
			HttpEntity entity = turn.open().getEntity();
			return (pause) -> {
				PausingOutput all = new PausingOutput(pause);
				entity.writeTo(all);
				return all.written.toByteArray();
			};
		}
	},

	/** The stream of the body, which other threads read. */
	HANDED_OVER {
		@Override
		Held take(Turn turn) throws IOException {
			return new HandedOver(new HeldStream(turn.stream()), turn.readers());
		}
	};

	/**
	 * Makes a call and keeps something of its response.
	 * @param turn the call
	 * @return what is kept
	 */
	abstract Held take(Turn turn) throws IOException;

	/**
	 * A call to be made.
	 *
	 * @param client the client
	 * @param url what is asked for
	 * @param readers other threads
	 */
	record Turn(HttpClient client, String url, ExecutorService readers) {

		ClassicHttpResponse open() throws IOException {
			return this.client.executeOpen(null, new HttpGet(this.url), null);
		}

		// nothing but the stream is left when this has returned
		InputStream stream() throws IOException {
			return open().getEntity().getContent();
		}

	}

	/**
	 * What is kept.
	 */
	interface Held {

		/**
		 * Reads some of the body, where that is possible without reading all.
		 */
		default void begin() throws Exception {
		}

		/**
		 * Reads the rest.
		 * @param pause done while the body is neither read nor closed
		 * @return all of the body
		 */
		byte[] finish(Runnable pause) throws Exception;

	}

	private static final class HeldStream implements Held {

		private final InputStream body;

		private final ByteArrayOutputStream read = new ByteArrayOutputStream();

		private HeldStream(InputStream body) {
			this.body = body;
		}

		@Override
		public void begin() throws IOException {
			this.read.writeBytes(this.body.readNBytes(5_000));
		}

		@Override
		public byte[] finish(Runnable pause) throws IOException {
			try (this.body) {
				pause.run();
				this.body.transferTo(this.read);
				return this.read.toByteArray();
			}
		}

	}

	private static final class HeldLines implements Held {

		private final Iterator<String> lines;

		private final StringBuilder read = new StringBuilder();

		private HeldLines(Iterator<String> lines) {
			this.lines = lines;
		}

		@Override
		public void begin() {
			while (this.read.length() < 5_000) {
				this.read.append(this.lines.next()).append('\n');
			}
		}

		@Override
		public byte[] finish(Runnable pause) {
			pause.run();
			this.lines.forEachRemaining((line) -> this.read.append(line).append('\n'));
			return this.read.toString().getBytes(StandardCharsets.ISO_8859_1);
		}

	}

	private record HandedOver(Held held, ExecutorService readers) implements Held {

		@Override
		public void begin() throws Exception {
			this.readers.submit(() -> {
				this.held.begin();
				return this.held;
			}).get();
		}

		@Override
		public byte[] finish(Runnable pause) throws Exception {
			return this.readers.submit(() -> this.held.finish(pause)).get();
		}

	}

	/**
	 * Pauses when it gets the first bytes.
	 */
	private static final class PausingOutput extends OutputStream {

		private final ByteArrayOutputStream written = new ByteArrayOutputStream();

		private final Runnable pause;

		private PausingOutput(Runnable pause) {
			this.pause = pause;
		}

		@Override
		public void write(int one) {
			write(new byte[] { (byte) one }, 0, 1);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) {
			if (this.written.size() == 0) {
				this.pause.run();
			}
			this.written.write(bytes, offset, length);
		}

	}

}
