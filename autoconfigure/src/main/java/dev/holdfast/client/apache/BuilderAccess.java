/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.lang.reflect.Field;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRequestRetryStrategy;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.UserTokenHandler;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.cookie.CookieStore;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.RedirectStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.function.Resolver;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/**
 * Reads what Boot and the application have set on HttpClient's builders, which have no
 * getters: without it their resolver or their TLS would be replaced instead of wrapped. A
 * contract test fails when the fields change. Where they cannot be read nothing is
 * replaced: see {@link #isReadable()}.
 */
final class BuilderAccess {

	/** Fields that are read, by class. */
	private static final List<Entry> FIELDS = List.of(
			new Entry(PoolingHttpClientConnectionManagerBuilder.class,
					List.of("dnsResolver", "tlsSocketStrategy", "poolConcurrencyPolicy", "maxConnTotal",
							"maxConnPerRoute", "connectionConfigResolver")),
			new Entry(PoolingHttpClientConnectionManager.class, List.of("connectionConfigResolver")),
			new Entry(HttpComponentsClientHttpRequestFactoryBuilder.class.getSuperclass(), List.of("customizers")),
			new Entry(HttpClientBuilder.class,
					List.of("retryStrategy", "automaticRetriesDisabled", "redirectStrategy", "userTokenHandler",
							"connectionStateDisabled", "cookieStore", "routePlanner", "proxy", "proxySelector",
							"schemePortResolver", "systemProperties")));

	private static final HttpRoute NOWHERE = new HttpRoute(new HttpHost("http", "localhost", 80));

	private BuilderAccess() {
	}

	static boolean isReadable() {
		return FIELDS.stream().allMatch(Entry::isReadable);
	}

	static List<Entry> fields() {
		return FIELDS;
	}

	static @Nullable DnsResolver dnsResolver(PoolingHttpClientConnectionManagerBuilder builder) {
		return read(PoolingHttpClientConnectionManagerBuilder.class, builder, "dnsResolver", DnsResolver.class);
	}

	static @Nullable TlsSocketStrategy tlsStrategy(PoolingHttpClientConnectionManagerBuilder builder) {
		return read(PoolingHttpClientConnectionManagerBuilder.class, builder, "tlsSocketStrategy",
				TlsSocketStrategy.class);
	}

	static @Nullable PoolConcurrencyPolicy policy(PoolingHttpClientConnectionManagerBuilder builder) {
		return read(PoolingHttpClientConnectionManagerBuilder.class, builder, "poolConcurrencyPolicy",
				PoolConcurrencyPolicy.class);
	}

	static int maxTotal(PoolingHttpClientConnectionManagerBuilder builder) {
		Integer max = read(PoolingHttpClientConnectionManagerBuilder.class, builder, "maxConnTotal", Integer.class);
		return (max != null) ? max : 0;
	}

	static int maxPerRoute(PoolingHttpClientConnectionManagerBuilder builder) {
		Integer max = read(PoolingHttpClientConnectionManagerBuilder.class, builder, "maxConnPerRoute", Integer.class);
		return (max != null) ? max : 0;
	}

	@SuppressWarnings("unchecked")
	static @Nullable Resolver<HttpRoute, ConnectionConfig> connectionConfig(
			PoolingHttpClientConnectionManagerBuilder builder) {
		return read(PoolingHttpClientConnectionManagerBuilder.class, builder, "connectionConfigResolver",
				Resolver.class);
	}

	/**
	 * Whether a manager was built by a builder that got these ages.
	 * @param manager the manager
	 * @param ages the ages
	 * @return {@code false} for a manager of the application
	 */
	@SuppressWarnings("ReferenceEquality")
	static boolean isBuiltWith(PoolingHttpClientConnectionManager manager, Ages ages) {
		return read(PoolingHttpClientConnectionManager.class, manager, "connectionConfigResolver",
				Resolver.class) == ages;
	}

	/**
	 * The time-outs that Boot has put into the configuration of connections.
	 * @param builder the builder
	 * @return settings of Boot, as far as they can be told
	 */
	static HttpClientSettings timeouts(PoolingHttpClientConnectionManagerBuilder builder) {
		Resolver<HttpRoute, ConnectionConfig> configured = connectionConfig(builder);
		ConnectionConfig config = (configured != null) ? configured.resolve(NOWHERE) : null;
		HttpClientSettings settings = HttpClientSettings.defaults();
		// three minutes where nobody has said anything
		if (config != null && !ConnectionConfig.DEFAULT.getConnectTimeout().equals(config.getConnectTimeout())) {
			settings = settings.withConnectTimeout(config.getConnectTimeout().toDuration());
		}
		if (config != null && config.getSocketTimeout() != null) {
			settings = settings.withReadTimeout(config.getSocketTimeout().toDuration());
		}
		return settings;
	}

	/**
	 * What the application does to each request factory that Boot's builder builds.
	 * @param builder the builder
	 * @return the customizers
	 */
	@SuppressWarnings("unchecked")
	static List<Consumer<HttpComponentsClientHttpRequestFactory>> factoryCustomizers(
			HttpComponentsClientHttpRequestFactoryBuilder builder) {
		List<?> customizers = read(HttpComponentsClientHttpRequestFactoryBuilder.class.getSuperclass(), builder,
				"customizers", List.class);
		return (customizers != null) ? (List<Consumer<HttpComponentsClientHttpRequestFactory>>) customizers : List.of();
	}

	static @Nullable HttpRequestRetryStrategy retryStrategy(HttpClientBuilder builder) {
		return read(HttpClientBuilder.class, builder, "retryStrategy", HttpRequestRetryStrategy.class);
	}

	static boolean retriesDisabled(HttpClientBuilder builder) {
		return Boolean.TRUE.equals(read(HttpClientBuilder.class, builder, "automaticRetriesDisabled", Boolean.class));
	}

	static @Nullable RedirectStrategy redirectStrategy(HttpClientBuilder builder) {
		return read(HttpClientBuilder.class, builder, "redirectStrategy", RedirectStrategy.class);
	}

	/**
	 * Whether the application has decided itself whose a connection is.
	 * @param builder the builder
	 * @return whether it has a handler, or has switched the matter off
	 */
	static boolean hasOwnIdentity(HttpClientBuilder builder) {
		return read(HttpClientBuilder.class, builder, "userTokenHandler", UserTokenHandler.class) != null
				|| Boolean.TRUE
					.equals(read(HttpClientBuilder.class, builder, "connectionStateDisabled", Boolean.class));
	}

	/**
	 * Whether the application has a store of its own for cookies.
	 * @param builder the builder
	 * @return {@code false} if each client is to have one
	 */
	static boolean hasOwnCookies(HttpClientBuilder builder) {
		return read(HttpClientBuilder.class, builder, "cookieStore", CookieStore.class) != null;
	}

	/**
	 * Whether the client asks the JVM for proxies, and the application has said nothing
	 * about them.
	 * @param builder the builder
	 * @return {@code true} for what Boot builds
	 */
	static boolean asksSystemForProxies(HttpClientBuilder builder) {
		return Boolean.TRUE.equals(read(HttpClientBuilder.class, builder, "systemProperties", Boolean.class))
				&& Stream.of("routePlanner", "proxy", "proxySelector", "schemePortResolver")
					.allMatch((name) -> read(HttpClientBuilder.class, builder, name, Object.class) == null);
	}

	private static <T> @Nullable T read(Class<?> type, Object target, String name, Class<T> as) {
		try {
			Field field = type.getDeclaredField(name);
			field.setAccessible(true);
			return as.cast(field.get(target));
		}
		catch (ReflectiveOperationException | RuntimeException ex) {
			return null;
		}
	}

	/**
	 * Fields of a class.
	 *
	 * @param type the class
	 * @param names names of its fields
	 */
	record Entry(Class<?> type, List<String> names) {

		boolean isReadable() {
			try {
				for (String name : this.names) {
					this.type.getDeclaredField(name).setAccessible(true);
				}
				return true;
			}
			catch (ReflectiveOperationException | RuntimeException ex) {
				return false;
			}
		}

	}

}
