/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.lang.reflect.Field;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.UserTokenHandler;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.RedirectStrategy;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.function.Resolver;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract with HttpClient's builders: what is read of them is there, and means what
 * it meant.
 */
@Tag("B1")
class BuilderAccessTests {

	private final PoolingHttpClientConnectionManagerBuilder manager = PoolingHttpClientConnectionManagerBuilder
		.create();

	private final HttpClientBuilder client = HttpClientBuilder.create();

	@ParameterizedTest
	@CsvSource({ "dnsResolver, org.apache.hc.client5.http.DnsResolver",
			"tlsSocketStrategy, org.apache.hc.client5.http.ssl.TlsSocketStrategy",
			"poolConcurrencyPolicy, org.apache.hc.core5.pool.PoolConcurrencyPolicy", "maxConnTotal, int",
			"maxConnPerRoute, int", "connectionConfigResolver, org.apache.hc.core5.function.Resolver" })
	void theBuilderOfTheManagerHasTheField(String name, String type) throws NoSuchFieldException {
		assertThat(field(PoolingHttpClientConnectionManagerBuilder.class, name)).isEqualTo(type);
	}

	@ParameterizedTest
	@CsvSource({ "retryStrategy, org.apache.hc.client5.http.HttpRequestRetryStrategy",
			"automaticRetriesDisabled, boolean",
			"redirectStrategy, org.apache.hc.client5.http.protocol.RedirectStrategy",
			"cookieStore, org.apache.hc.client5.http.cookie.CookieStore",
			"userTokenHandler, org.apache.hc.client5.http.UserTokenHandler" })
	void theBuilderOfTheClientHasTheField(String name, String type) throws NoSuchFieldException {
		assertThat(field(HttpClientBuilder.class, name)).isEqualTo(type);
	}

	@Test
	void aManagerIsKnownByItsConfiguration() throws NoSuchFieldException {
		assertThat(field(PoolingHttpClientConnectionManager.class, "connectionConfigResolver"))
			.isEqualTo(Resolver.class.getName());
		Resolver<HttpRoute, ConnectionConfig> told = (route) -> ConnectionConfig.DEFAULT;
		this.manager.setConnectionConfigResolver(told);
		assertThat(BuilderAccess.isConfiguredBy(this.manager.build(), told)).isTrue();
		assertThat(BuilderAccess.isConfiguredBy(new PoolingHttpClientConnectionManager(), told)).isFalse();
	}

	@Test
	void theCustomizersOfBootsBuilderAreRead() {
		assertThat(BuilderAccess.factoryCustomizers(ClientHttpRequestFactoryBuilder.httpComponents())).isEmpty();
		assertThat(BuilderAccess.factoryCustomizers(ClientHttpRequestFactoryBuilder.httpComponents()
			.withCustomizer((factory) -> factory.setReadTimeout(1)))).hasSize(1);
	}

	@Test
	void nothingSetIsNothingRead() {
		assertThat(BuilderAccess.dnsResolver(this.manager)).isNull();
		assertThat(BuilderAccess.tlsStrategy(this.manager)).isNull();
		assertThat(BuilderAccess.policy(this.manager)).isNotEqualTo(PoolConcurrencyPolicy.OFFLOCK);
		assertThat(BuilderAccess.maxTotal(this.manager)).isZero();
		assertThat(BuilderAccess.maxPerRoute(this.manager)).isZero();
		assertThat(BuilderAccess.connectionConfig(this.manager)).isNull();
		assertThat(BuilderAccess.retryStrategy(this.client)).isNull();
		assertThat(BuilderAccess.retriesDisabled(this.client)).isFalse();
		assertThat(BuilderAccess.redirectStrategy(this.client)).isNull();
		assertThat(BuilderAccess.userTokenHandler(this.client)).isNull();
	}

	@Test
	void whatWasSetOnTheManagerIsRead() {
		DnsResolver resolver = SystemDefaultDnsResolver.INSTANCE;
		TlsSocketStrategy tls = DefaultClientTlsStrategy.createDefault();
		ConnectionConfig config = ConnectionConfig.DEFAULT;
		this.manager.setDnsResolver(resolver)
			.setTlsSocketStrategy(tls)
			.setPoolConcurrencyPolicy(PoolConcurrencyPolicy.OFFLOCK)
			.setMaxConnTotal(7)
			.setMaxConnPerRoute(3)
			.setDefaultConnectionConfig(config);
		assertThat(BuilderAccess.dnsResolver(this.manager)).isSameAs(resolver);
		assertThat(BuilderAccess.tlsStrategy(this.manager)).isSameAs(tls);
		assertThat(BuilderAccess.policy(this.manager)).isSameAs(PoolConcurrencyPolicy.OFFLOCK);
		assertThat(BuilderAccess.maxTotal(this.manager)).isEqualTo(7);
		assertThat(BuilderAccess.maxPerRoute(this.manager)).isEqualTo(3);
		assertThat(BuilderAccess.connectionConfig(this.manager)).isInstanceOf(Resolver.class)
			.extracting((configured) -> configured.resolve(RouteKeyTests.ROUTE))
			.isSameAs(config);
	}

	@Test
	void whatWasSetOnTheClientIsRead() {
		HttpRequestRetryStrategy retries = DefaultHttpRequestRetryStrategy.INSTANCE;
		RedirectStrategy redirects = DefaultRedirectStrategy.INSTANCE;
		UserTokenHandler users = new ConnectionIdentity();
		this.client.setRetryStrategy(retries)
			.setRedirectStrategy(redirects)
			.setUserTokenHandler(users)
			.disableAutomaticRetries();
		assertThat(BuilderAccess.retryStrategy(this.client)).isSameAs(retries);
		assertThat(BuilderAccess.redirectStrategy(this.client)).isSameAs(redirects);
		assertThat(BuilderAccess.userTokenHandler(this.client)).isSameAs(users);
		assertThat(BuilderAccess.retriesDisabled(this.client)).isTrue();
	}

	private static String field(Class<?> type, String name) throws NoSuchFieldException {
		Field field = type.getDeclaredField(name);
		return field.getType().getName();
	}

}
