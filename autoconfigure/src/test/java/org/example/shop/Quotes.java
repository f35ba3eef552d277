/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package org.example.shop;

import java.io.InputStream;
import java.util.Objects;

import org.springframework.web.client.RestClient;

/**
 * Code of an application, in a package of its own: what is recorded of a stack is not
 * ours.
 */
public final class Quotes {

	private final RestClient client;

	public Quotes(RestClient client) {
		this.client = client;
	}

	public InputStream first(String url) {
		return open(url);
	}

	public InputStream second(String url) {
		return open(url);
	}

	private InputStream open(String url) {
		return Objects.requireNonNull(this.client.get().uri(url).retrieve().body(InputStream.class));
	}

}
