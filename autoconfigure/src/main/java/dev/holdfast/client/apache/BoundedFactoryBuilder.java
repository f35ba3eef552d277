/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/**
 * Boot's builder, whose clients are bounded and shared.
 */
final class BoundedFactoryBuilder implements ClientHttpRequestFactoryBuilder<HttpComponentsClientHttpRequestFactory> {

	private final HttpComponentsClientHttpRequestFactoryBuilder inner;

	private final ApacheClients clients;

	private final String name;

	BoundedFactoryBuilder(HttpComponentsClientHttpRequestFactoryBuilder inner, ApacheClients clients, String name) {
		this.inner = inner;
		this.clients = clients;
		this.name = name;
	}

	BoundedFactoryBuilder named(String client) {
		return new BoundedFactoryBuilder(this.inner, this.clients, client);
	}

	@Override
	public HttpComponentsClientHttpRequestFactory build(@Nullable HttpClientSettings settings) {
		return this.clients.factory(this.name, this.inner,
				(settings != null) ? settings : HttpClientSettings.defaults());
	}

}
