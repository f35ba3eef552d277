/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.lab.outbound;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.eclipse.jetty.client.HttpClient;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * Clients that are compared, as one gets them without settings.
 */
enum CostClient {

	/** What an application has with us. */
	HOLDFAST("RestClient, Holdfast") {

		@Override
		Call open() {
			return rest(BootClient.bounded(List.of()).client());
		}

	},

	/** Spring on the library itself: what the others are compared with, so next to us. */
	REST_APACHE("RestClient, HttpClient 5") {

		@Override
		Call open() {
			return rest(new HttpComponentsClientHttpRequestFactory(HttpClients.createDefault()));
		}

	},

	/** What an application has without us. */
	BOOT("RestClient, plain Boot") {

		@Override
		Call open() {
			return rest(BootClient.plain().client());
		}

	},

	/** Spring on the JDK's client, which would offer HTTP/2 with every request. */
	REST_JDK("RestClient, JDK") {

		@Override
		Call open() {
			return rest(new JdkClientHttpRequestFactory(
					java.net.http.HttpClient.newBuilder().version(java.net.http.HttpClient.Version.HTTP_1_1).build()));
		}

	},

	/** The library below us. */
	APACHE("HttpClient 5") {

		@Override
		Call open() {
			CloseableHttpClient client = HttpClients.createDefault();
			return (uri) -> client.execute(new HttpGet(uri), (response) -> EntityUtils.toString(response.getEntity()));
		}

	},

	/** Square's client. */
	OKHTTP("OkHttp") {

		@Override
		Call open() {
			OkHttpClient client = new OkHttpClient();
			return (uri) -> {
				try (Response response = client.newCall(new Request.Builder().url(uri.toString()).build()).execute()) {
					return response.body().string();
				}
			};
		}

	},

	/** Jetty's client. */
	JETTY("Jetty client") {

		@Override
		Call open() throws Exception {
			HttpClient client = new HttpClient();
			client.start();
			return (uri) -> client.GET(uri).getContentAsString();
		}

	};

	private final String title;

	CostClient(String title) {
		this.title = title;
	}

	String title() {
		return this.title;
	}

	/**
	 * Opens the client; it stays open as long as the process.
	 * @return how it calls
	 * @throws Exception if it cannot be opened
	 */
	abstract Call open() throws Exception;

	// the same Spring code for all of them, observations included
	private static Call rest(ClientHttpRequestFactory factory) {
		return rest(BootClient.plain().builder().requestFactory(factory).build());
	}

	private static Call rest(RestClient client) {
		return (uri) -> Objects.requireNonNull(client.get().uri(uri).retrieve().body(String.class));
	}

	/**
	 * A call that is answered.
	 */
	@FunctionalInterface
	interface Call {

		String get(URI uri) throws Exception;

		default void check(URI uri) throws Exception {
			String body = get(uri);
			if (!body.equals("ok")) {
				throw new IOException("An answer of '" + body + "'");
			}
		}

	}

}
