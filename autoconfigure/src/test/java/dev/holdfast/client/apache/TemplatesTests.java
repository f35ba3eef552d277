/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is shown of a URI template.
 */
@Tag("A1")
class TemplatesTests {

	@ParameterizedTest
	@CsvSource({ "/quotes/{id}, /quotes/{id}", "quotes/{id}, quotes/{id}", "https://host/quotes/{id}, /quotes/{id}",
			"https://user:secret@host:8443/quotes, /quotes", "https://user:secret@host:8443, /",
			"https://host?key=secret, /", "https://host/quotes?key=secret, /quotes", "/quotes?key={key}&x=y, /quotes",
			"/quotes#secret, /quotes", "https://host/a#secret?key, /a", "https://host#secret/a, /",
			"/login?next=http://host/secret, /login", "?key=secret, /", "'', /", "/, /", "https://host/, /",
			"{base}/quotes, {base}/quotes", "{scheme}://{host}/quotes, /quotes", "//user:secret@host/quotes, /quotes",
			"//host, /", "/go/https://host/quotes, /go/https://host/quotes",
			"https://host/go/https://other/x, /go/https://other/x", "/a//b, /a//b", "HTTPS://host/a, /a" })
	void onlyThePathIsShown(String template, String path) {
		assertThat(Templates.path(template)).isEqualTo(path);
	}

}
