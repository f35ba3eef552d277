/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import dev.holdfast.client.HttpClients;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.autoconfigure.HttpClientSettingsPropertyMapper;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * Clients by name, with Boot's settings of the HTTP service group of that name.
 */
final class NamedClients implements HttpClients {

	private final ObjectProvider<ClientHttpRequestFactoryBuilder<?>> factories;

	private final ObjectProvider<RestClient.Builder> builders;

	private final ObjectProvider<HttpServiceClientProperties> properties;

	private final ObjectProvider<SslBundles> bundles;

	private final ObjectProvider<HttpClientSettings> settings;

	NamedClients(ObjectProvider<ClientHttpRequestFactoryBuilder<?>> factories,
			ObjectProvider<RestClient.Builder> builders, ObjectProvider<HttpServiceClientProperties> properties,
			ObjectProvider<SslBundles> bundles, ObjectProvider<HttpClientSettings> settings) {
		this.factories = factories;
		this.builders = builders;
		this.properties = properties;
		this.bundles = bundles;
		this.settings = settings;
	}

	@Override
	public RestClient.Builder builder(String name) {
		return this.builders.getIfAvailable(RestClient::builder).requestFactory(requestFactory(name));
	}

	@Override
	public ClientHttpRequestFactory requestFactory(String name) {
		ClientHttpRequestFactoryBuilder<?> builder = this.factories
			.getIfAvailable(ClientHttpRequestFactoryBuilder::detect);
		return ((builder instanceof BoundedFactoryBuilder bounded) ? bounded.named(name) : builder)
			.build(settingsOf(name));
	}

	private HttpClientSettings settingsOf(String name) {
		HttpServiceClientProperties groups = this.properties.getIfAvailable();
		return new HttpClientSettingsPropertyMapper(this.bundles.getIfAvailable(), this.settings.getIfAvailable())
			.map((groups != null) ? groups.get(name) : null);
	}

}
