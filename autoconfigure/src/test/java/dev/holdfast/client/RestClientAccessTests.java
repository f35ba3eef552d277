/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * The contract with the one private field: fails when Spring renames it.
 */
@Tag("B1")
class RestClientAccessTests {

	private final ClientHttpRequestFactory factory = new SimpleClientHttpRequestFactory();

	@Test
	void theFieldIsWhereItIsSought() throws ReflectiveOperationException {
		Class<?> type = Class.forName(RestClientAccess.TYPE);
		assertThat(type.getDeclaredField(RestClientAccess.FIELD).getType()).isEqualTo(ClientHttpRequestFactory.class);
		assertThat(RestClient.create()).isExactlyInstanceOf(type);
	}

	@Test
	void tellsTheFactoryOfAClientHoweverItWasMade() {
		RestClient client = RestClient.builder().requestFactory(this.factory).build();
		assertThat(List.of(client, client.mutate().defaultHeader("a", "b").build(),
				RestClient.builder()
					.requestFactory(this.factory)
					.requestInterceptor((request, body, execution) -> execution.execute(request, body))
					.bufferContent((uri, method) -> true)
					.build(),
				RestClient.create(new RestTemplate(this.factory))))
			.allSatisfy((each) -> assertThat(RestClientAccess.requestFactory(each)).isSameAs(this.factory));
	}

	@Test
	void knowsNothingAboutClientsOfOthers() {
		assertThat(RestClientAccess.requestFactory(mock(RestClient.class))).isNull();
	}

}
