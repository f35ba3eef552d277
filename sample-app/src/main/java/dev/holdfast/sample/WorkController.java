/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * The routes that hold their thread: by waiting, by computing, by asking a database.
 */
@RestController
@RequestMapping(produces = MediaType.TEXT_PLAIN_VALUE)
class WorkController {

	private static final Millis MIXED_CPU = new Millis(2);

	private static final Millis MIXED_SLEEP = new Millis(40);

	private final Outcomes outcomes;

	private final CpuBurner cpu;

	private final SlowQuery query;

	WorkController(Outcomes outcomes, CpuBurner cpu, SlowQuery query) {
		this.outcomes = outcomes;
		this.cpu = cpu;
		this.query = query;
	}

	@GetMapping("/demo/sleep")
	String sleep(@RequestParam Millis ms) throws InterruptedException {
		return this.outcomes.count(DemoRoute.SLEEP, () -> {
			Thread.sleep(ms.value());
			return "slept";
		});
	}

	@GetMapping("/demo/cpu")
	String cpu(@RequestParam Millis ms) {
		this.cpu.burn(ms);
		return "computed";
	}

	/**
	 * What an ordinary request looks like: a little work of its own, much waiting.
	 */
	@GetMapping("/demo/mixed")
	String mixed() throws InterruptedException {
		this.cpu.burn(MIXED_CPU);
		Thread.sleep(MIXED_SLEEP.value());
		return "mixed";
	}

	@GetMapping("/demo/query")
	String query(@RequestParam Millis ms) {
		return this.outcomes.count(DemoRoute.QUERY, () -> {
			this.query.run(ms);
			return "queried";
		});
	}

}
