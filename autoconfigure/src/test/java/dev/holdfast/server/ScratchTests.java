/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.util.List;

import org.junit.jupiter.api.Test;

class ScratchTests {

	@Test
	void scratch() throws Exception {
		for (String enabled : List.of("false", "true")) {
			try (RunningApplication application = RunningApplication.start(ServerKind.JETTY,
					"holdfast.enabled=" + enabled)) {
				for (String path : List.of("/error-after-start-async", "/callable-error", "/async-error",
						"/async-timeout", "/raw-async", "/raw-dispatch")) {
					System.out.println("=== " + enabled + " " + path);
					try {
						System.out.println("-> " + application.getAsync(path)
							.orTimeout(3, java.util.concurrent.TimeUnit.SECONDS)
							.join()
							.statusCode());
					}
					catch (Exception ex) {
						System.out.println("-> " + ex);
					}
					if (enabled.equals("true")) {
						System.out.println("parked " + application.limiter().state().parked());
					}
				}
			}
		}
	}

}
