/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

import dev.holdfast.lifetime.Lifetime;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The route that takes minutes: a report that is written while it is computed.
 */
@RestController
class ExportController {

	static final int ROWS_PER_SECOND = 5;

	private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1) / ROWS_PER_SECOND;

	/** The database says nothing for so long, and so does the answer. */
	private static final Millis SILENCE = new Millis(2_000);

	private final Outcomes outcomes;

	private final SlowQuery query;

	ExportController(Outcomes outcomes, SlowQuery query) {
		this.outcomes = outcomes;
		this.query = query;
	}

	@GetMapping("/demo/export")
	void export(@RequestParam Seconds seconds, HttpServletResponse response) throws Exception {
		this.outcomes.count(DemoRoute.EXPORT, () -> {
			this.query.run(SILENCE);
			response.setContentType("text/csv;charset=UTF-8");
			long begin = System.nanoTime();
			for (int row = 1; row <= seconds.value() * ROWS_PER_SECOND; row++) {
				TimeUnit.NANOSECONDS.sleep(begin + row * PAUSE_NANOS - System.nanoTime());
				Lifetime.current().throwIfEnded();
				response.getOutputStream().write(("row," + row + "\n").getBytes(StandardCharsets.UTF_8));
				response.flushBuffer();
			}
			return seconds;
		});
	}

}
