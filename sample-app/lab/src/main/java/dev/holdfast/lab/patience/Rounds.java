/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.patience;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import dev.holdfast.lab.ghosts.Work;

/**
 * Clients that do not stay for what they have begun. In each round one of every kind: a
 * mail whose sender is gone with the answer, and two browsers that leave, one of them in
 * the middle of signing in; in turn with FIN and with RST.
 *
 * @param played how many rounds there were
 * @param accepted how many mails were accepted
 * @param slowestMillis until the slowest answer to whoever sent a mail
 */
record Rounds(int played, int accepted, double slowestMillis) {

	static final String MAIL = "mail";

	static final String LOGIN = "login";

	static final String TOKEN = "token";

	/** How long browsers stay, once their request is worked on. */
	static final Duration STAY = Duration.ofMillis(300);

	/** How long mails, and exchanges of a code for a token, take at least. */
	static final Duration WORK = Duration.ofSeconds(2);

	private static final String LOGIN_PATH = "/login/oauth2/code/demo?code=1";

	private static final String TOKEN_PATH = "/demo/token?code=1";

	private static final Duration LIMIT = Duration.ofSeconds(15);

	/**
	 * Plays them one after the other.
	 * @param app the application
	 * @param count how many
	 * @return what the clients saw
	 * @throws IOException if work does not begin or does not end
	 * @throws InterruptedException if interrupted
	 */
	static Rounds play(Application app, int count) throws IOException, InterruptedException {
		int accepted = 0;
		double slowest = 0;
		for (int i = 0; i < count; i++) {
			long begin = System.nanoTime();
			accepted += mail(app.port()) ? 1 : 0;
			slowest = Math.max(slowest, (System.nanoTime() - begin) / 1e6);
			browse(app, i % 2 == 0);
			app.await(List.of(MAIL, LOGIN, TOKEN), LIMIT, (work) -> work.running() == 0);
		}
		return new Rounds(count, accepted, slowest);
	}

	/** The connection is closed as soon as the answer is there. */
	private static boolean mail(int port) throws IOException {
		try (Caller caller = Caller.connect(port)) {
			caller.ask("POST", "/demo/mail");
			return caller.head().startsWith("HTTP/1.1 202");
		}
	}

	private static void browse(Application app, boolean polite) throws IOException, InterruptedException {
		try (Caller login = Caller.connect(app.port()); Caller token = Caller.connect(app.port())) {
			login.ask("GET", LOGIN_PATH);
			token.ask("GET", TOKEN_PATH);
			app.await(List.of(LOGIN, TOKEN), LIMIT, (work) -> work.running() == 1);
			Thread.sleep(STAY.toMillis());
			for (Caller browser : List.of(login, token)) {
				if (polite) {
					browser.leave();
				}
				else {
					browser.vanish();
				}
			}
		}
	}

	/**
	 * Whether everybody who sent a mail was told so before it was sent.
	 * @return {@code true} if no answer waited for a mail
	 */
	boolean areAnsweredAtOnce() {
		return this.accepted == this.played && this.slowestMillis < WORK.toMillis();
	}

	/**
	 * Whether all work of a route reached its end.
	 * @param work what the application tells of the route
	 * @return {@code true} if as much was completed as there were rounds
	 */
	boolean areCompleted(Work work) {
		return work.equals(new Work(this.played, this.played, 0, 0, 0));
	}

	/**
	 * Whether all work of a route was ended from outside.
	 * @param work what the application tells of the route
	 * @return {@code true} if as much was cancelled as there were rounds
	 */
	boolean areCancelled(Work work) {
		return work.equals(new Work(this.played, 0, this.played, 0, 0));
	}

}
