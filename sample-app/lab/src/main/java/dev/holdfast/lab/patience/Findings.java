/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.patience;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.holdfast.lab.ghosts.Work;

/**
 * What was seen at one application, of everything at the same time.
 *
 * @param download the download
 * @param downloads what the application tells of it
 * @param export the export
 * @param exports what the application tells of it
 * @param rounds the clients that left
 * @param mails what the application tells of the mails
 * @param logins what it tells of browsers that signed in
 * @param tokens what it tells of browsers that did not
 */
record Findings(Download download, Work downloads, Export export, Work exports, Rounds rounds, Work mails, Work logins,
		Work tokens) {

	private static final List<String> ROUTES = List.of("download", "export", Rounds.MAIL, Rounds.LOGIN, Rounds.TOKEN);

	/** A client may have everything before the handler has counted. */
	private static final Duration LAST = Duration.ofSeconds(10);

	/**
	 * Does everything at once.
	 * @param app an application that did nothing so far
	 * @param extent how much of everything
	 * @return what was seen
	 * @throws IOException if work does not begin or does not end
	 * @throws InterruptedException if interrupted
	 */
	static Findings of(Application app, Extent extent) throws IOException, InterruptedException {
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			Future<Download> download = threads
				.submit(() -> Download.read(app.port(), extent.bytes(), Extent.BYTES_PER_SECOND));
			Future<Export> export = threads.submit(() -> Export.read(app.port(), extent.exportSeconds()));
			Rounds rounds = Rounds.play(app, extent.rounds());
			Download downloaded = download.get();
			Export exported = export.get();
			app.await(ROUTES, LAST, (work) -> work.running() == 0);
			List<Work> work = app.work(ROUTES);
			return new Findings(downloaded, work.get(0), exported, work.get(1), rounds, work.get(2), work.get(3),
					work.get(4));
		}
		catch (ExecutionException ex) {
			throw new IOException(ex.getCause());
		}
		finally {
			threads.shutdownNow();
		}
	}

}
