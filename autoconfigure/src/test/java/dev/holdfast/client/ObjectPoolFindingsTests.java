/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.net.Socket;
import java.net.http.HttpClient;
import java.util.List;

import dev.holdfast.report.Finding;
import dev.holdfast.report.Severity;
import org.apache.commons.pool2.BaseKeyedPooledObjectFactory;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericKeyedObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("A8")
class ObjectPoolFindingsTests {

	@Test
	void poolsOfClientsAndConnectionsAreFoundAndOthersAreNot() {
		try (var context = new AnnotationConfigApplicationContext(Pools.class)) {
			List<Finding> findings = new BypassFindings(context.getBeanFactory()).findings();
			assertThat(findings).allSatisfy((finding) -> {
				assertThat(finding.id()).isEqualTo("client-object-pool");
				assertThat(finding.severity()).isEqualTo(Severity.WARNING);
				assertThat(finding.remedy()).contains("holdfast.client.max-connections");
			});
			assertThat(findings).extracting(Finding::message)
				.satisfiesExactlyInAnyOrder(
						(message) -> assertThat(message).contains("'clients'", "java.net.http.HttpClient"),
						(message) -> assertThat(message).contains("'sockets'", "java.net.Socket"),
						(message) -> assertThat(message).contains("'restClients'", RestClient.class.getName()));
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Pools {

		@Bean
		GenericObjectPool<HttpClient> clients() {
			return new GenericObjectPool<>(new BasePooledObjectFactory<>() {

				@Override
				public HttpClient create() {
					return HttpClient.newHttpClient();
				}

				@Override
				public PooledObject<HttpClient> wrap(HttpClient client) {
					return new DefaultPooledObject<>(client);
				}

			});
		}

		@Bean
		Object sockets() {
			return new GenericKeyedObjectPool<>(new Sockets());
		}

		@Bean
		GenericObjectPool<RestClient> restClients() {
			return new GenericObjectPool<>(anything());
		}

		@Bean
		GenericObjectPool<StringBuilder> buffers() {
			return new GenericObjectPool<>(anything());
		}

		// does not say what it makes
		private static <T> BasePooledObjectFactory<T> anything() {
			return new BasePooledObjectFactory<>() {

				@Override
				public T create() {
					throw new UnsupportedOperationException();
				}

				@Override
				public PooledObject<T> wrap(T object) {
					return new DefaultPooledObject<>(object);
				}

			};
		}

	}

	private static final class Sockets extends BaseKeyedPooledObjectFactory<String, Socket> {

		@Override
		public Socket create(String host) {
			return new Socket();
		}

		@Override
		public PooledObject<Socket> wrap(Socket socket) {
			return new DefaultPooledObject<>(socket);
		}

	}

}
