/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.holdfast.client.ClientSettings;
import dev.holdfast.client.ClientStats;
import dev.holdfast.client.PoolSettings;
import dev.holdfast.client.RetrySettings;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Finding;
import dev.holdfast.report.Severity;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.RedirectStrategy;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.function.Resolver;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/**
 * Has Boot build a client and puts the bounds around what it builds: behind Boot's own
 * customizers and the application's, so that their resolver, TLS and sizes stay.
 */
final class PoolFactory {

	/** From one customizer to the next: Boot calls both on the same thread. */
	private static final ThreadLocal<@Nullable Bounds> BUILDING = new ThreadLocal<>();

	private final Watchdog watchdog;

	private final AttemptObserver observer;

	private final AutoSize autoSize;

	private final Consumer<Finding> findings;

	PoolFactory(Watchdog watchdog, AttemptObserver observer, AutoSize autoSize, Consumer<Finding> findings) {
		this.watchdog = watchdog;
		this.observer = observer;
		this.autoSize = autoSize;
		this.findings = findings;
	}

	/**
	 * Builds a client.
	 * @param plan what is to be built
	 * @param builder the builder of Spring Boot, customized
	 * @param boot settings of Spring Boot
	 * @return the client and its pool
	 */
	Built build(Plan plan, HttpComponentsClientHttpRequestFactoryBuilder builder, HttpClientSettings boot) {
		AtomicReference<@Nullable BoundedPool> pool = new AtomicReference<>();
		AtomicBoolean keepsCookies = new AtomicBoolean();
		HttpComponentsClientHttpRequestFactory factory = bound(builder, (own) -> plan, pool::set)
			.withHttpClientCustomizer((client) -> keepsCookies.set(BuilderAccess.cookieStore(client) != null))
			.build(boot);
		return new Built(factory.getHttpClient(), pool.get(), keepsCookies.get());
	}

	/**
	 * Puts the bounds into whatever a builder builds.
	 * @param builder the builder of Spring Boot, customized
	 * @param plans what is to be built, by what Spring Boot has set
	 * @param built told of each pool
	 * @return a builder of bounded clients
	 */
	HttpComponentsClientHttpRequestFactoryBuilder bound(HttpComponentsClientHttpRequestFactoryBuilder builder,
			Function<HttpClientSettings, Plan> plans, Consumer<BoundedPool> built) {
		return builder.withConnectionManagerCustomizer((manager) -> {
			Plan plan = plans.apply(BuilderAccess.timeouts(manager));
			BUILDING.set(bound(manager, plan));
		}).withHttpClientCustomizer((client) -> {
			Bounds own = BUILDING.get();
			BUILDING.remove();
			if (own != null && client.getConnManager() instanceof PoolingHttpClientConnectionManager manager
					&& BuilderAccess.isConfiguredBy(manager, own.ages())) {
				BoundedPool pool = new BoundedPool(own.plan().settings(), own.stats(), manager, own.lookups(),
						this.watchdog, this.observer, own.plan().inRequest());
				bound(client, pool);
				built.accept(pool);
			}
		});
	}

	private Bounds bound(PoolingHttpClientConnectionManagerBuilder manager, Plan plan) {
		ClientSettings settings = plan.settings();
		ClientStats stats = new ClientStats(plan.name());
		BlockedLog blocked = new BlockedLog(stats, settings.addressMode(), Ticker.system());
		DnsResolver resolver = BuilderAccess.dnsResolver(manager);
		Lookups lookups = new Lookups((resolver != null) ? resolver : SystemDefaultDnsResolver.INSTANCE, settings,
				blocked);
		manager.setDnsResolver(lookups);
		TlsSocketStrategy tls = BuilderAccess.tlsStrategy(manager);
		manager
			.setTlsSocketStrategy(new BoundedTls((tls != null) ? tls : DefaultClientTlsStrategy.createSystemDefault()));
		if (BuilderAccess.policy(manager) == PoolConcurrencyPolicy.OFFLOCK) {
			// it hands one user's connection to another, and wakes no waiter
			manager.setPoolConcurrencyPolicy(PoolConcurrencyPolicy.STRICT);
			this.findings.accept(new Finding("client-offlock-pool", Severity.WARNING,
					"The pool policy OFFLOCK was refused: it hands connections with one user's identity to another and "
							+ "leaves calls waiting.",
					"Do not set PoolConcurrencyPolicy.OFFLOCK; STRICT is used."));
		}
		size(manager, settings.pool());
		Resolver<HttpRoute, ConnectionConfig> ages = ages(BuilderAccess.connectionConfig(manager), settings);
		manager.setConnectionConfigResolver(ages);
		return new Bounds(plan, stats, lookups, ages);
	}

	private void size(PoolingHttpClientConnectionManagerBuilder manager, PoolSettings settings) {
		int perRoute = (settings.maxPerRoute() > 0) ? settings.maxPerRoute() : BuilderAccess.maxPerRoute(manager);
		int total = (settings.maxTotal() > 0) ? settings.maxTotal() : BuilderAccess.maxTotal(manager);
		manager.setMaxConnPerRoute((perRoute > 0) ? perRoute : this.autoSize.perRoute());
		manager.setMaxConnTotal((total > 0) ? total : 2 * ((perRoute > 0) ? perRoute : this.autoSize.perRoute()));
	}

	// the age at which a connection is dropped is drawn anew at each lease: connections
	// that were opened together are not closed together
	private static Resolver<HttpRoute, ConnectionConfig> ages(
			@Nullable Resolver<HttpRoute, ConnectionConfig> configured, ClientSettings settings) {
		return (route) -> {
			ConnectionConfig own = (configured != null) ? configured.resolve(route) : null;
			ConnectionConfig.Builder config = (own != null) ? ConnectionConfig.copy(own) : ConnectionConfig.custom();
			Duration age = settings.pool().maxAge();
			if (own == null || own.getTimeToLive() == null) {
				double factor = ThreadLocalRandom.current().nextDouble(0.9, 1.1);
				config.setTimeToLive(TimeValue.ofMilliseconds((long) (age.toMillis() * factor)));
			}
			if (own == null || own.getIdleTimeout() == null) {
				config.setIdleTimeout(Timeout.ofMilliseconds(settings.pool().idle().toMillis()));
			}
			return config.build();
		};
	}

	private void bound(HttpClientBuilder client, BoundedPool pool) {
		client.setConnectionManager(pool.connections()).setConnectionManagerShared(true);
		if (BuilderAccess.userTokenHandler(client) == null) {
			client.setUserTokenHandler(new ConnectionIdentity());
		}
		RedirectStrategy redirects = BuilderAccess.redirectStrategy(client);
		if (redirects == null || redirects.getClass() == DefaultRedirectStrategy.class) {
			client.setRedirectStrategy(new CrossOriginRedirects());
		}
		Retries retries = new Retries(retry(client, pool.settings().retry()), pool.stats(), Ticker.system(),
				this.observer);
		client.addExecInterceptorBefore(ChainElement.PROTOCOL.name(), "holdfast-hop", new HopGuard(retries));
		client.addExecInterceptorFirst("holdfast-call", new CallGuard(pool));
	}

	// whoever has decided about retries in code has decided: two strategies would
	// multiply
	private RetrySettings retry(HttpClientBuilder client, RetrySettings settings) {
		boolean own = BuilderAccess.retryStrategy(client) != null;
		if (own) {
			this.findings.accept(new Finding("client-own-retry", Severity.WARNING,
					"The application has set a retry strategy of its own: its retries know no budget.",
					"Remove setRetryStrategy and use holdfast.client.retry."));
		}
		if (own || BuilderAccess.retriesDisabled(client)) {
			return settings.off();
		}
		client.disableAutomaticRetries();
		return settings;
	}

	/**
	 * What is to be built.
	 *
	 * @param name name of the client
	 * @param settings what is in force
	 * @param inRequest whether a request is being served by this thread
	 */
	record Plan(String name, ClientSettings settings, boolean inRequest) {
	}

	/**
	 * What was put into a connection manager.
	 *
	 * @param plan what is being built
	 * @param stats what is counted about it
	 * @param lookups bounded lookups
	 * @param ages ages of connections
	 */
	private record Bounds(Plan plan, ClientStats stats, Lookups lookups, Resolver<HttpRoute, ConnectionConfig> ages) {
	}

	/**
	 * A client and its pool.
	 *
	 * @param client the client
	 * @param pool its pool, {@code null} if the application has put a connection manager
	 * of its own in its place
	 * @param keepsCookies whether the application has given it a store for cookies
	 */
	record Built(HttpClient client, @Nullable BoundedPool pool, boolean keepsCookies) {
	}

	/**
	 * How many connections to one peer are enough where nothing is set.
	 */
	interface AutoSize {

		/**
		 * The limit of the admission, as far as it is known.
		 * @return connections to one peer
		 */
		int perRoute();

	}

}
