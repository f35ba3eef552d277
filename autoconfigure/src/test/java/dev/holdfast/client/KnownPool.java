/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.util.List;
import java.util.Map;

import dev.holdfast.report.Profile;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.http.client.HttpClientSettings;

/**
 * A pool with one connection.
 *
 * @param stats its counts
 */
record KnownPool(ClientStats stats) implements Pool {

	@Override
	public ClientSettings settings() {
		ClientProperties none = new Binder(new MapConfigurationPropertySource()).bindOrCreate("holdfast.client",
				ClientProperties.class);
		return new SettingsResolver(none, Profile.COMPATIBLE).resolve("stock", HttpClientSettings.defaults());
	}

	@Override
	public Map<String, Connections> connectionsByTarget() {
		return Map.of("http://stock:80", new Connections(1, 0, 0, 5));
	}

	@Override
	public List<String> holders(String target) {
		return List.of("GET /level for 0.1 s in phase body by main");
	}

	@Override
	public Max max() {
		return new Max(5, 10);
	}

	@Override
	public boolean createdInRequest() {
		return false;
	}

}
