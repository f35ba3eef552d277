/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.sample;

import java.io.InputStream;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import dev.holdfast.client.HttpClients;
import org.apache.hc.core5.util.Timeout;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/**
 * Calls the upstream and forgets to close its answers: each keeps a connection. It has a
 * client of its own, so that nobody else runs out of them.
 */
@Component
final class LeakyClient {

	/** Name of the client, and of its settings. */
	static final String NAME = "leaky";

	private final RestClient client;

	private final UpstreamClient careful;

	private final MisbehavingUpstream upstream;

	private final Queue<InputStream> forgotten = new ConcurrentLinkedQueue<>();

	LeakyClient(ObjectProvider<HttpClients> clients, RestClient.Builder builder, MisbehavingUpstream upstream,
			@Value("${holdfast.client.groups." + NAME + ".lease-timeout}") Duration leaseTimeout) {
		HttpClients named = clients.getIfAvailable();
		RestClient.Builder leaky = (named != null) ? named.builder(NAME) : builder.requestFactory(plain(leaseTimeout));
		this.client = leaky.build();
		this.careful = new UpstreamClient(leaky, upstream);
		this.upstream = upstream;
	}

	/**
	 * Boot's client as it comes: five connections to a peer. Boot has no property for the
	 * wait for one of them, which would last three minutes.
	 */
	private static ClientHttpRequestFactory plain(Duration leaseTimeout) {
		return ClientHttpRequestFactoryBuilder.httpComponents()
			.withDefaultRequestConfigCustomizer(
					(config) -> config.setConnectionRequestTimeout(Timeout.of(leaseTimeout)))
			.build();
	}

	/**
	 * Leaves responses open, until there is no connection left.
	 * @param count how many
	 * @param keep whether something still refers to them, so that they are not even
	 * garbage
	 * @return how many there were connections for
	 */
	int leak(LeakCount count, boolean keep) {
		int leaked = 0;
		try {
			while (leaked < count.value()) {
				InputStream body = leaveOpen();
				leaked++;
				if (keep) {
					this.forgotten.add(body);
				}
			}
		}
		catch (RestClientException ex) {
			// nothing is left to be leaked
		}
		return leaked;
	}

	/**
	 * The bug: whoever asks for a response that is not closed for him has to close it.
	 */
	private InputStream leaveOpen() {
		return this.client.get()
			.uri(this.upstream.baseUrl() + "/{scenario}", UpstreamScenario.OK.id())
			.exchangeForRequiredValue((request, response) -> response.getBody(), false);
	}

	UpstreamAnswer check() {
		return this.careful.call(UpstreamScenario.OK);
	}

}
