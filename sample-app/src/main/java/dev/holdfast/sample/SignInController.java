/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * A code is exchanged for a token, which takes the upstream two seconds: where a browser
 * comes back to from an identity provider, and the same elsewhere.
 */
@RestController
@RequestMapping(produces = MediaType.TEXT_PLAIN_VALUE)
class SignInController {

	private final Outcomes outcomes;

	private final UpstreamClient client;

	SignInController(Outcomes outcomes, UpstreamClient client) {
		this.outcomes = outcomes;
		this.client = client;
	}

	/**
	 * A code is good for one exchange: whoever comes back with it a second time is not
	 * signed in.
	 */
	@GetMapping(path = "/login/oauth2/code/demo", params = "code")
	String login() {
		return exchange(DemoRoute.LOGIN);
	}

	/**
	 * The same work behind a path that tells nothing of sign-in.
	 */
	@GetMapping(path = "/demo/token", params = "code")
	String token() {
		return exchange(DemoRoute.TOKEN);
	}

	private String exchange(DemoRoute route) {
		return this.outcomes.count(route, () -> {
			this.client.require(UpstreamScenario.SLOW_OK);
			return "exchanged";
		});
	}

}
