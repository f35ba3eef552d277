/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One pool per peer, whatever the spelling of its name.
 */
@Tag("B4")
class RouteKeyTests {

	static final HttpRoute ROUTE = new HttpRoute(new HttpHost("http", "localhost", 80));

	@ParameterizedTest
	@CsvSource({ "localhost", "LOCALHOST", "localhost.", "LocalHost." })
	void eachSpellingIsTheSameRoute(String name) {
		HttpRoute route = new HttpRoute(new HttpHost("http", name, 80));
		assertThat(RouteKey.normalise(route)).isEqualTo(RouteKey.normalise(ROUTE));
	}

	@Test
	void anotherPortSchemeOrProxyIsAnother() {
		HttpHost host = new HttpHost("http", "localhost.", 80);
		assertThat(RouteKey.normalise(new HttpRoute(new HttpHost("http", "localhost.", 81)))).isNotEqualTo(ROUTE);
		assertThat(RouteKey.normalise(new HttpRoute(new HttpHost("https", "localhost.", 80), null, true)))
			.isNotEqualTo(ROUTE);
		HttpRoute proxied = new HttpRoute(host, null, new HttpHost("http", "proxy", 3128), false);
		assertThat(RouteKey.normalise(proxied)).isNotEqualTo(ROUTE)
			.extracting(HttpRoute::getProxyHost)
			.isEqualTo(new HttpHost("http", "proxy", 3128));
	}

}
