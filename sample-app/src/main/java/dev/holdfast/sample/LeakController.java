/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * A bug that every service has had once: responses that nobody closes.
 */
@RestController
class LeakController {

	private final LeakyClient client;

	LeakController(LeakyClient client) {
		this.client = client;
	}

	@GetMapping("/demo/leak")
	Leaked leak(@RequestParam(defaultValue = "1") LeakCount count, @RequestParam(defaultValue = "true") boolean keep) {
		return new Leaked(this.client.leak(count, keep));
	}

	/**
	 * What becomes of the next call, made by somebody who closes what he opens.
	 */
	@GetMapping("/demo/leak/check")
	UpstreamAnswer check() {
		return this.client.check();
	}

	/**
	 * What was done.
	 *
	 * @param leaked responses left open
	 */
	record Leaked(int leaked) {

	}

}
