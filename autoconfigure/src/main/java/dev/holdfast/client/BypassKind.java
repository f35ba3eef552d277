/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import dev.holdfast.report.Finding;
import dev.holdfast.report.Severity;
import org.jspecify.annotations.Nullable;

/**
 * Clients that an application may have made without Boot's builders. Types are names,
 * because each of them may be absent.
 */
enum BypassKind {

	/** Spring's template. */
	REST_TEMPLATE("org.springframework.web.client.RestTemplate", "Build it with the injected RestTemplateBuilder.") {

		@Override
		@Nullable String reason(Object client) {
			return below(SpringClients.unboundedFactory(client));
		}

	},

	/** Spring's client. */
	REST_CLIENT("org.springframework.web.client.RestClient", "Build it with the injected RestClient.Builder.") {

		@Override
		@Nullable String reason(Object client) {
			return below(SpringClients.unboundedFactory(client));
		}

	},

	/** The JDK's client. */
	JDK_CLIENT("java.net.http.HttpClient", Constants.CALL_THROUGH_REST_CLIENT),

	/** Spring's reactive client. */
	WEB_CLIENT("org.springframework.web.reactive.function.client.WebClient",
			"Where the caller blocks, call through a RestClient built with the injected RestClient.Builder; "
					+ "elsewhere set limits on its connector and a timeout() on each call."),

	/** Apache's client. */
	APACHE_CLIENT("org.apache.hc.client5.http.classic.HttpClient", Constants.CALL_THROUGH_REST_CLIENT);

	private final String type;

	private final String remedy;

	BypassKind(String type, String remedy) {
		this.type = type;
		this.remedy = remedy;
	}

	String type() {
		return this.type;
	}

	/**
	 * Looks at a client.
	 * @param name name of the bean
	 * @param client the bean
	 * @return what there is to say, or {@code null} if its calls have limits or nothing
	 * can be known about it
	 */
	@Nullable Finding inspect(String name, Object client) {
		String reason = reason(client);
		return (reason != null) ? new Finding("client-bypass", Severity.WARNING,
				"The bean '%s' (%s) is not bounded: %s, which none of the limits of holdfast.client reaches."
					.formatted(name, this.type, reason),
				this.remedy) : null;
	}

	@Nullable String reason(Object client) {
		return "it calls through a client of its own";
	}

	private static @Nullable String below(@Nullable String factory) {
		return (factory != null) ? "it calls through a " + factory : null;
	}

	private static final class Constants {

		private static final String CALL_THROUGH_REST_CLIENT = "Call through a RestClient built with the injected "
				+ "RestClient.Builder, or give it a request factory from the injected ClientHttpRequestFactoryBuilder.";

	}

}
