/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import dev.holdfast.client.HttpClients;

import org.springframework.core.Ordered;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientHttpServiceGroupConfigurer;

/**
 * Gives each HTTP service group the client of its name, right behind Boot, which gives
 * all of them one without.
 */
final class GroupFactories implements RestClientHttpServiceGroupConfigurer {

	// Boot's is at HIGHEST_PRECEDENCE + 10
	private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 11;

	private final HttpClients clients;

	GroupFactories(HttpClients clients) {
		this.clients = clients;
	}

	@Override
	public void configureGroups(Groups<RestClient.Builder> groups) {
		groups.forEachClient((group, builder) -> builder.requestFactory(this.clients.requestFactory(group.name())));
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

}
