/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import dev.holdfast.client.ClientSettings;
import dev.holdfast.client.Pools;
import dev.holdfast.client.SettingsResolver;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.OwnedLifetime;
import dev.holdfast.report.Finding;
import dev.holdfast.report.Severity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpComponentsClientHttpRequestFactoryBuilder;

/**
 * All clients of the application: one for each name and settings, however many builders
 * ask for it.
 */
final class ApacheClients implements AutoCloseable {

	static final String DEFAULT = "default";

	private static final Logger LOGGER = LoggerFactory.getLogger(ApacheClients.class);

	private final SettingsResolver resolver;

	private final Pools pools;

	private final PoolFactory factory;

	private final Watchdog watchdog;

	private final Evictor evictor;

	private final Map<Key, LazyClient> clients = new ConcurrentHashMap<>();

	private final Map<String, Integer> names = new ConcurrentHashMap<>();

	private volatile boolean closed;

	ApacheClients(SettingsResolver resolver, Pools pools, AttemptObserver observer, PoolFactory.AutoSize size) {
		this.resolver = resolver;
		this.pools = pools;
		this.watchdog = new Watchdog(pools::unattended);
		this.evictor = new Evictor(pools::unattended);
		this.factory = new PoolFactory(this.watchdog, observer, size, pools::found);
	}

	/**
	 * A request factory for a client.
	 * @param name name of the client
	 * @param builder the builder of Spring Boot, customized
	 * @param boot settings of Spring Boot
	 * @return a factory of its own around the shared client
	 */
	BoundedApacheRequestFactory factory(String name, HttpComponentsClientHttpRequestFactoryBuilder builder,
			HttpClientSettings boot) {
		BoundedApacheRequestFactory factory = new BoundedApacheRequestFactory(
				this.clients.computeIfAbsent(new Key(name, builder, boot), this::announce));
		BuilderAccess.factoryCustomizers(builder).forEach((customizer) -> customizer.accept(factory));
		return factory;
	}

	/**
	 * A builder that builds a bounded client each time it is asked.
	 * @param builder the builder of the application
	 * @return a builder of the same type
	 */
	HttpComponentsClientHttpRequestFactoryBuilder bound(HttpComponentsClientHttpRequestFactoryBuilder builder) {
		return this.factory.bound(builder, (boot) -> {
			requireOpen(DEFAULT);
			return new PoolFactory.Plan(numbered(DEFAULT), this.resolver.resolve(DEFAULT, boot),
					warnIfInRequest(DEFAULT));
		}, this::add);
	}

	private void requireOpen(String name) {
		if (this.closed) {
			throw new IllegalStateException("The application has stopped: client '" + name + "' is closed");
		}
	}

	private String numbered(String client) {
		int number = this.names.merge(client, 1, Integer::sum);
		return (number > 1) ? client + "-" + number : client;
	}

	private static boolean warnIfInRequest(String name) {
		boolean inRequest = Lifetime.current() instanceof OwnedLifetime;
		if (inRequest) {
			LOGGER.warn("A pool for client '{}' was created while a request was served: build clients at the start. "
					+ "Pools so created are kept until the application stops.", name);
		}
		return inRequest;
	}

	private void add(BoundedPool pool) {
		this.evictor.add(pool);
		this.pools.add(pool);
	}

	private LazyClient announce(Key key) {
		String name = numbered(key.name());
		boolean inRequest = warnIfInRequest(name);
		ClientSettings settings = this.resolver.resolve(key.name(), key.boot());
		return new LazyClient(new Once(() -> create(name, settings, key, inRequest)));
	}

	private PoolFactory.Built create(String name, ClientSettings settings, Key key, boolean inRequest) {
		requireOpen(name);
		PoolFactory.Built built = this.factory.build(new PoolFactory.Plan(name, settings, inRequest), key.builder(),
				key.boot());
		BoundedPool pool = built.pool();
		if (pool == null) {
			LOGGER.warn("Client '{}' has a connection manager of its own: its calls are not bounded. "
					+ "Customize the one that Spring Boot builds instead.", name);
			this.pools.found(new Finding("client-own-manager", Severity.WARNING,
					"Client '" + name + "' has a connection manager of its own: its calls are not bounded.",
					"Customize the one that Spring Boot builds, by withConnectionManagerCustomizer."));
		}
		else {
			add(pool);
		}
		return built;
	}

	@Override
	public void close() {
		this.closed = true;
		this.evictor.close();
		this.watchdog.close();
	}

	/**
	 * What makes a client: its name, and all that Boot builds it from.
	 *
	 * @param name its name
	 * @param builder Boot's builder
	 * @param boot Boot's settings
	 */
	private record Key(String name, HttpComponentsClientHttpRequestFactoryBuilder builder, HttpClientSettings boot) {
	}

	/**
	 * Builds once, on the thread that comes first. No monitor: a virtual thread that
	 * waits here gives up its carrier.
	 */
	private static final class Once implements Supplier<PoolFactory.Built> {

		private final ReentrantLock lock = new ReentrantLock();

		private final Supplier<PoolFactory.Built> source;

		private volatile PoolFactory.@Nullable Built built;

		private Once(Supplier<PoolFactory.Built> source) {
			this.source = source;
		}

		@Override
		public PoolFactory.Built get() {
			PoolFactory.Built existing = this.built;
			if (existing != null) {
				return existing;
			}
			this.lock.lock();
			try {
				PoolFactory.Built created = (this.built != null) ? this.built : this.source.get();
				this.built = created;
				return created;
			}
			finally {
				this.lock.unlock();
			}
		}

	}

}
