/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.net.ProxySelector;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.holdfast.client.ClientSettings;
import dev.holdfast.client.ClientStats;
import dev.holdfast.client.PoolSettings;
import dev.holdfast.client.RetrySettings;
import dev.holdfast.leak.CallSites;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Finding;
import dev.holdfast.report.Severity;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.RedirectStrategy;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;

/**
 * Has Boot build a client and puts the bounds around what it builds: behind Boot's own
 * customizers and the application's, so that their resolver, TLS and sizes stay.
 */
final class PoolFactory {

	private static final Logger LOGGER = LoggerFactory.getLogger(PoolFactory.class);

	// the two customizers of one client are called by one thread, one after the other
	private static final ThreadLocal<@Nullable Parts> MADE = new ThreadLocal<>();

	private final Watchdog watchdog;

	private final AttemptObserver observer;

	private final CallSites sites;

	private final AutoSize autoSize;

	private final Consumer<Finding> findings;

	PoolFactory(Watchdog watchdog, AttemptObserver observer, CallSites sites, AutoSize autoSize,
			Consumer<Finding> findings) {
		this.sites = sites;
		this.watchdog = watchdog;
		this.observer = observer;
		this.autoSize = autoSize;
		this.findings = findings;
	}

	/**
	 * Whether clients can be bounded at all; if not, it is said once.
	 * @return {@code false} if the builders cannot be read
	 */
	boolean isPossible() {
		boolean readable = BuilderAccess.isReadable();
		if (!readable) {
			this.findings.accept(new Finding("client-unreadable-builder", Severity.CRITICAL,
					"What is set on HttpClient's builders cannot be read: clients are left as Spring Boot builds them.",
					"Use the version of HttpClient that Spring Boot manages."));
		}
		return readable;
	}

	/**
	 * Adds the bounds to a builder.
	 * @param builder the builder of Spring Boot, customized
	 * @param plans what is to be built, by the time-outs that Spring Boot has set
	 * @param built told the pool of each client that is built, and something that lives
	 * as long as the client and is not known to the pool
	 * @return the builder, with the bounds behind all customizers
	 */
	HttpComponentsClientHttpRequestFactoryBuilder bound(HttpComponentsClientHttpRequestFactoryBuilder builder,
			Function<HttpClientSettings, Plan> plans, BiConsumer<BoundedPool, Object> built) {
		return builder.withConnectionManagerCustomizer((manager) -> {
			Plan plan = plans.apply(BuilderAccess.timeouts(manager));
			MADE.set(bound(plan, manager));
		}).withHttpClientCustomizer((client) -> {
			Parts parts = MADE.get();
			MADE.remove();
			if (parts == null) {
				return;
			}
			Plan plan = parts.plan();
			if (client.getConnManager() instanceof PoolingHttpClientConnectionManager manager
					&& BuilderAccess.isBuiltWith(manager, parts.ages())) {
				BoundedPool pool = new BoundedPool(plan.settings(), parts.stats(), manager, parts.lookups(),
						parts.ages(), this.watchdog, this.observer, this.sites, plan.inRequest());
				built.accept(pool, bound(client, pool));
			}
			else {
				ownManager(plan.name());
			}
		});
	}

	private void ownManager(String name) {
		Finding finding = new Finding("client-own-manager", Severity.WARNING,
				"Client '" + name + "' has a connection manager of its own: its calls are not bounded.",
				"Customize the one that Spring Boot builds instead.");
		LOGGER.warn("{} {}", finding.message(), finding.remedy());
		this.findings.accept(finding);
	}

	private Parts bound(Plan plan, PoolingHttpClientConnectionManagerBuilder manager) {
		ClientSettings settings = plan.settings();
		ClientStats stats = new ClientStats(plan.name());
		DnsResolver resolver = BuilderAccess.dnsResolver(manager);
		Lookups lookups = new Lookups((resolver != null) ? resolver : SystemDefaultDnsResolver.INSTANCE, settings,
				new BlockedLog(stats, settings.addressMode(), Ticker.system()));
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
		Ages ages = new Ages(BuilderAccess.connectionConfig(manager), settings.pool());
		manager.setConnectionConfigResolver(ages);
		return new Parts(plan, stats, lookups, ages);
	}

	private void size(PoolingHttpClientConnectionManagerBuilder manager, PoolSettings settings) {
		int perRoute = (settings.maxPerRoute() > 0) ? settings.maxPerRoute() : BuilderAccess.maxPerRoute(manager);
		int total = (settings.maxTotal() > 0) ? settings.maxTotal() : BuilderAccess.maxTotal(manager);
		manager.setMaxConnPerRoute((perRoute > 0) ? perRoute : this.autoSize.perRoute());
		manager.setMaxConnTotal((total > 0) ? total : 2 * ((perRoute > 0) ? perRoute : this.autoSize.perRoute()));
	}

	private HopGuard bound(HttpClientBuilder client, BoundedPool pool) {
		client.setConnectionManager(pool.connections()).setConnectionManagerShared(true);
		if (!BuilderAccess.hasOwnIdentity(client)) {
			client.setUserTokenHandler(new ConnectionIdentity());
		}
		ProxySelector proxies = ProxySelector.getDefault();
		if (proxies != null && BuilderAccess.asksSystemForProxies(client)) {
			client.setRoutePlanner(new SystemProxies(proxies));
		}
		RedirectStrategy redirects = BuilderAccess.redirectStrategy(client);
		if (redirects == null || redirects.getClass() == DefaultRedirectStrategy.class) {
			client.setRedirectStrategy(new CrossOriginRedirects());
		}
		Retries retries = new Retries(retry(client, pool.settings().retry()), pool.stats(), Ticker.system(),
				this.observer);
		HopGuard hops = new HopGuard(retries);
		client.addExecInterceptorBefore(ChainElement.PROTOCOL.name(), "holdfast-hop", hops);
		client.addExecInterceptorFirst("holdfast-call", new CallGuard(pool, BuilderAccess.hasOwnCookies(client)));
		return hops;
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
	 * What the connection manager of a client was given.
	 *
	 * @param plan what is being built
	 * @param stats what is counted
	 * @param lookups names
	 * @param ages ages of connections
	 */
	private record Parts(Plan plan, ClientStats stats, Lookups lookups, Ages ages) {
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
