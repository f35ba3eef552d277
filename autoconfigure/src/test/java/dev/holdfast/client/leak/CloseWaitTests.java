/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.holdfast.client.ClientAutoConfiguration;
import dev.holdfast.client.HttpClients;
import dev.holdfast.client.apache.ApacheClientAutoConfiguration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Connections that a peer has closed, as the kernel and the pools see them.
 */
@Tag("A5")
@EnabledOnOs(OS.LINUX)
class CloseWaitTests {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withPropertyValues("management.endpoints.web.exposure.include=leaks",
				"holdfast.client.idle-connection-timeout=6s")
		.withConfiguration(AutoConfigurations.of(HttpClientAutoConfiguration.class,
				ImperativeHttpClientAutoConfiguration.class, HttpServiceClientPropertiesAutoConfiguration.class,
				RestClientAutoConfiguration.class, ClientAutoConfiguration.class, ApacheClientAutoConfiguration.class,
				LeakAutoConfiguration.class));

	@Test
	void halfClosedConnectionsAreThoseOfThePoolWhosePeerHasClosedUntilTheyAreEvicted() throws IOException {
		try (LoopbackPeer north = LoopbackPeer.listening(); LoopbackPeer south = LoopbackPeer.listening()) {
			this.runner.run((context) -> {
				HttpClients clients = context.getBean(HttpClients.class);
				RestClient northern = clients.builder("north").baseUrl(north.url()).build();
				RestClient southern = clients.builder("south").baseUrl(south.url()).build();
				call(northern, 3);
				call(southern, 2);
				assertThat(closeWait(context)).isEmpty();
				north.hangUp();

				await().atMost(PATIENCE)
					.untilAsserted(() -> assertThat(closeWait(context))
						.containsExactly(new Resources.HalfClosed("north", north.url(), 3)));

				await().atMost(PATIENCE).until(() -> closeWait(context).isEmpty());
				// both are still used
				assertThat(northern.get().uri("/").retrieve().body(String.class)).hasSize(1000);
				assertThat(southern.get().uri("/").retrieve().body(String.class)).hasSize(1000);
			});
		}
	}

	// so many at a time
	private static void call(RestClient client, int calls) {
		List<ClientHttpResponse> responses = new ArrayList<>();
		for (int i = 0; i < calls; i++) {
			responses.add(client.get().uri("/").exchangeForRequiredValue((request, response) -> response, false));
		}
		responses.forEach(ClientHttpResponse::close);
	}

	private static List<Resources.HalfClosed> closeWait(ApplicationContext context) {
		return context.getBean(LeaksEndpoint.class).leaks(SecurityContext.NONE).sockets().closeWait();
	}

}
