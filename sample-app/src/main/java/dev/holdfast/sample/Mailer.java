/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Component;

/**
 * Sends mails, which takes two seconds, after whoever wanted them has got his answer.
 */
@Component
class Mailer {

	private final UpstreamClient client;

	Mailer(UpstreamClient client) {
		this.client = client;
	}

	@Async
	void send(OutcomeCounter.Run run) {
		try {
			this.client.require(UpstreamScenario.SLOW_OK);
			run.completed();
		}
		catch (Throwable ex) {
			run.threw(ex);
			throw ex;
		}
	}

}
