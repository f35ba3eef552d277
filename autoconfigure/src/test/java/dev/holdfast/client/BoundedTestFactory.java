/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.net.URI;

import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;

/**
 * A factory that says it has limits, and makes nothing.
 */
final class BoundedTestFactory implements BoundedRequestFactory {

	@Override
	public ClientHttpRequest createRequest(URI uri, HttpMethod method) {
		throw new UnsupportedOperationException();
	}

}
