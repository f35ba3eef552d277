/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import org.jspecify.annotations.Nullable;

import org.springframework.http.client.AbstractClientHttpRequestFactoryWrapper;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.util.ClassUtils;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * Looks through Spring's clients at what is below. Loaded only where there are any.
 */
final class SpringClients {

	private SpringClients() {
	}

	/**
	 * What calls without limits below a client.
	 * @param client a {@link RestTemplate} or a {@link RestClient}
	 * @return short name of its request factory, or {@code null} if that one is bounded
	 * or cannot be known
	 */
	static @Nullable String unboundedFactory(Object client) {
		ClientHttpRequestFactory factory = factory(client);
		while (factory instanceof AbstractClientHttpRequestFactoryWrapper wrapper
				&& !(factory instanceof BoundedRequestFactory)) {
			factory = wrapper.getDelegate();
		}
		return (factory == null || factory instanceof BoundedRequestFactory) ? null
				: ClassUtils.getShortName(factory.getClass());
	}

	private static @Nullable ClientHttpRequestFactory factory(Object client) {
		if (client instanceof RestTemplate template) {
			return template.getRequestFactory();
		}
		return (client instanceof RestClient restClient) ? RestClientAccess.requestFactory(restClient) : null;
	}

}
