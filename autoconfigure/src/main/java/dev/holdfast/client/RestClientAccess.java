/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.lang.reflect.Field;

import org.jspecify.annotations.Nullable;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.client.RestClient;

/**
 * Touches one private field of Spring's {@code DefaultRestClient}: the request factory,
 * which neither a client nor its builder tells.
 */
final class RestClientAccess {

	static final String TYPE = "org.springframework.web.client.DefaultRestClient";

	static final String FIELD = "clientRequestFactory";

	private RestClientAccess() {
	}

	/**
	 * The factory from which a client gets its requests.
	 * @param client any client
	 * @return the factory, or {@code null} if it cannot be known
	 */
	static @Nullable ClientHttpRequestFactory requestFactory(RestClient client) {
		if (!client.getClass().getName().equals(TYPE)) {
			return null;
		}
		Field field = ReflectionUtils.findField(client.getClass(), FIELD, ClientHttpRequestFactory.class);
		if (field == null) {
			return null;
		}
		try {
			field.setAccessible(true);
			return (ClientHttpRequestFactory) ReflectionUtils.getField(field, client);
		}
		catch (RuntimeException ex) {
			// closed by the module system or a native image
			return null;
		}
	}

}
