/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * The route that depends on somebody else. Always answers: how the call went is in the
 * body.
 */
@RestController
class UpstreamController {

	private final Outcomes outcomes;

	private final UpstreamClient client;

	UpstreamController(Outcomes outcomes, UpstreamClient client) {
		this.outcomes = outcomes;
		this.client = client;
	}

	@GetMapping("/demo/upstream/{scenario}")
	UpstreamAnswer call(@PathVariable String scenario) {
		UpstreamScenario known = UpstreamScenario.of(scenario)
			.orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND,
					"Unknown scenario: choose one of " + UpstreamScenario.ids()));
		return this.outcomes.count(DemoRoute.UPSTREAM, () -> this.client.call(known));
	}

}
