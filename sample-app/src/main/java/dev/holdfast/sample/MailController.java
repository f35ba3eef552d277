/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import org.springframework.core.task.TaskRejectedException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * The route whose work goes on after its answer.
 */
@RestController
class MailController {

	private final Outcomes outcomes;

	private final Mailer mailer;

	MailController(Outcomes outcomes, Mailer mailer) {
		this.outcomes = outcomes;
		this.mailer = mailer;
	}

	/**
	 * The mail counts from here, so that none can be lost in a queue.
	 */
	@PostMapping("/demo/mail")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void mail() {
		OutcomeCounter.Run run = this.outcomes.start(DemoRoute.MAIL);
		try {
			this.mailer.send(run);
		}
		catch (TaskRejectedException ex) {
			run.threw(ex);
			throw ex;
		}
	}

}
