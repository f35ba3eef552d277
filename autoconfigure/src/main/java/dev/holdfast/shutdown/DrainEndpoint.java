/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.shutdown;

import java.util.Map;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * Shows the drain, begins one, and takes it back as long as the process is not ending.
 */
@WebEndpoint(id = "drain", defaultAccess = Access.READ_ONLY)
final class DrainEndpoint {

	private static final Logger LOGGER = LoggerFactory.getLogger(DrainEndpoint.class);

	private static final int CONFLICT = 409;

	private final Drain drain;

	DrainEndpoint(Drain drain) {
		this.drain = drain;
	}

	@ReadOperation
	DrainDescriptor drain() {
		return DrainDescriptor.of(this.drain.snapshot());
	}

	@WriteOperation
	DrainDescriptor start() {
		if (this.drain.start(DrainTrigger.ENDPOINT)) {
			LOGGER.info("The drain lasts until SIGTERM, or until DELETE on the endpoint drain takes it back");
		}
		return drain();
	}

	@DeleteOperation
	WebEndpointResponse<Object> cancel() {
		if (!this.drain.cancel()) {
			return new WebEndpointResponse<>(
					Map.of("error", "The process is ending: its drain cannot be taken back any more"), CONFLICT);
		}
		return new WebEndpointResponse<>(drain());
	}

}
