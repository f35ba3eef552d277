/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * Clients with a name: a pool, limits and meters of their own, set by
 * {@code holdfast.client.groups.<name>.*}. Without a name of its own a client is called
 * {@code default}.
 *
 * @since 0.1.0
 */
public interface HttpClients {

	/**
	 * A builder for a client with a name, with everything that Boot puts into its own
	 * builder. Boot's settings of an HTTP service group of that name count.
	 * @param name name of the client
	 * @return a new builder
	 */
	RestClient.Builder builder(String name);

	/**
	 * A request factory for a client with a name, for a {@code RestTemplate} or whatever
	 * else takes one.
	 * @param name name of the client
	 * @return a factory around the client that all with this name share
	 */
	ClientHttpRequestFactory requestFactory(String name);

}
