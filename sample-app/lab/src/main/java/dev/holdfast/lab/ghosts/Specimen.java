/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.ghosts;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.SSLContext;

import dev.holdfast.lab.app.Launcher;
import dev.holdfast.lab.app.LimiterState;
import dev.holdfast.lab.app.SampleApp;
import dev.holdfast.lab.ghosts.Setup.Transport;
import dev.holdfast.lab.peer.Identity;
import dev.holdfast.lab.postgres.Postgres;
import org.jspecify.annotations.Nullable;

/**
 * The sample application with its database, as its clients and an observer see it.
 */
final class Specimen implements AutoCloseable {

	/**
	 * No thread of the server may be what is missing, with us or without; and no call may
	 * end because its own limits are reached.
	 */
	private static final List<String> ARGUMENTS = List.of("--server.tomcat.threads.max=300",
			"--server.jetty.threads.max=300", "--holdfast.client.header-timeout=60s",
			"--holdfast.client.call-timeout=60s");

	/** Of which one is the observer's own. */
	private static final String STATEMENTS = "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' "
			+ "AND backend_type = 'client backend' AND pid <> pg_backend_pid()";

	private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

	private static final Duration LOOK_LIMIT = Duration.ofSeconds(10);

	private final SampleApp app;

	private final Connection observer;

	private final HttpClient http;

	private final @Nullable SSLContext tls;

	private Specimen(SampleApp app, Connection observer, @Nullable SSLContext tls) {
		this.app = app;
		this.observer = observer;
		this.tls = tls;
		HttpClient.Builder builder = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(CONNECT_LIMIT);
		this.http = ((tls != null) ? builder.sslContext(tls) : builder).build();
	}

	/**
	 * Starts it and waits until it is ready.
	 * @param launcher what starts it
	 * @param name name of its log
	 * @param setup how it runs
	 * @param postgres its database
	 * @param identity what it shows where TLS is spoken
	 * @param arguments further arguments
	 * @return the application
	 * @throws IOException if it does not come up
	 * @throws SQLException if the database cannot be observed
	 */
	static Specimen start(Launcher launcher, String name, Setup setup, Postgres postgres, Identity identity,
			List<String> arguments) throws IOException, SQLException {
		boolean encrypted = setup.transport() == Transport.TLS;
		List<String> all = new ArrayList<>(ARGUMENTS);
		all.addAll(postgres.arguments());
		if (encrypted) {
			all.addAll(List.of("--server.ssl.key-store=" + identity.store().toUri(),
					"--server.ssl.key-store-type=PKCS12", "--server.ssl.key-store-password=" + identity.password(),
					"--management.server.ssl.enabled=false"));
		}
		all.addAll(arguments);
		Connection observer = postgres.connect();
		SampleApp app = launcher.unpinned().start(name, setup.options(all));
		Specimen specimen = new Specimen(app, observer, encrypted ? identity.sslContext() : null);
		try {
			app.awaitReady();
			return specimen;
		}
		catch (IOException ex) {
			specimen.close();
			throw ex;
		}
	}

	Crowd crowd(int count) throws IOException, InterruptedException {
		return Crowd.connect(count, () -> Leaver.connect(this.app.port(), this.tls));
	}

	/**
	 * Asks and waits.
	 * @param path what to ask for
	 * @param patience how long
	 * @return what became of it, once it is known
	 */
	CompletableFuture<Reply> ask(String path, Duration patience) {
		long begin = System.nanoTime();
		return send(path, patience)
			.handle((response, ex) -> Reply.of(response, Duration.ofNanos(System.nanoTime() - begin)));
	}

	private CompletableFuture<HttpResponse<String>> send(String path, Duration patience) {
		String scheme = (this.tls != null) ? "https" : "http";
		URI uri = URI.create(scheme + "://127.0.0.1:" + this.app.port() + path);
		return this.http.sendAsync(HttpRequest.newBuilder(uri).timeout(patience).build(),
				HttpResponse.BodyHandlers.ofString());
	}

	/**
	 * What the application tells of its work.
	 * @return the answer of {@code /demo/outcomes}
	 */
	String outcomes() {
		return send("/demo/outcomes", LOOK_LIMIT).join().body();
	}

	/**
	 * What the database works on.
	 * @return the number of statements
	 * @throws SQLException if it cannot be asked
	 */
	long statements() throws SQLException {
		try (PreparedStatement statement = this.observer.prepareStatement(STATEMENTS);
				ResultSet rows = statement.executeQuery()) {
			rows.next();
			return rows.getLong(1);
		}
	}

	/**
	 * What is held of the server's limit.
	 * @return the state of the limiter
	 */
	Optional<LimiterState> limiter() {
		return this.app.actuator().limiter();
	}

	@Override
	public void close() {
		this.app.close();
		try {
			this.observer.close();
		}
		catch (SQLException ex) {
			// the database is ended next
		}
	}

}
