/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.leak;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.holdfast.client.HttpClients;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/**
 * An application that forgets to close responses.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(LeakingApplication.Orders.class)
class LeakingApplication {

	/** What must never be seen. */
	static final String SECRET = "hunter2";

	@RestController
	static class Orders {

		private final List<ClientHttpResponse> kept = new CopyOnWriteArrayList<>();

		private final RestClient client;

		Orders(HttpClients clients) {
			this.client = clients.builder("quotes").build();
		}

		@GetMapping("/orders/{customer}")
		String order(@PathVariable String customer, @RequestParam int port) {
			this.kept.add(this.client.get()
				.uri("http://127.0.0.1:{port}/quotes/{id}?key={key}&fixed=" + SECRET, port, SECRET, SECRET)
				.header("X-Api-Key", SECRET)
				.header("Authorization", "Bearer " + SECRET)
				.exchangeForRequiredValue((request, response) -> response, false));
			return customer;
		}

	}

}
