/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import dev.holdfast.client.ClientSettings;
import dev.holdfast.client.Pools;
import dev.holdfast.client.SettingsResolver;
import dev.holdfast.leak.CallSites;
import dev.holdfast.lifetime.Lifetime;
import dev.holdfast.lifetime.OwnedLifetime;
import org.apache.hc.client5.http.classic.HttpClient;
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

	private final HttpLeases leases;

	private final Watchdog watchdog;

	private final Evictor evictor;

	private final Map<Key, ClientReference<LazyClient>> clients = new ConcurrentHashMap<>();

	/** Clients that share nothing; their references must not be collected before them. */
	private final Set<ClientReference<Object>> single = ConcurrentHashMap.newKeySet();

	private final Set<String> names = ConcurrentHashMap.newKeySet();

	private final ReentrantLock lock = new ReentrantLock();

	private volatile boolean closed;

	ApacheClients(SettingsResolver resolver, Pools pools, AttemptObserver observer, CallSites sites,
			PoolFactory.AutoSize size) {
		this.resolver = resolver;
		this.pools = pools;
		this.watchdog = new Watchdog(pools::unattended);
		this.evictor = new Evictor(pools::unattended);
		this.factory = new PoolFactory(this.watchdog, observer, sites, size, pools::found);
		this.leases = new HttpLeases(pools, this.watchdog);
	}

	/**
	 * Whether clients can be bounded at all.
	 * @return {@code false} if they are left as Boot builds them
	 */
	boolean isPossible() {
		return this.factory.isPossible();
	}

	/**
	 * Who has connections.
	 * @return the leases of all clients
	 */
	HttpLeases leases() {
		return this.leases;
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
		Key key = new Key(name, builder, boot);
		this.lock.lock();
		try {
			ClientReference<LazyClient> known = this.clients.get(key);
			LazyClient client = (known != null) ? known.get() : null;
			if (client == null) {
				ClientReference<LazyClient> announced = new ClientReference<>(this.evictor.collected());
				client = announce(key, announced);
				this.clients.put(key, announced);
			}
			BoundedApacheRequestFactory factory = new BoundedApacheRequestFactory(client);
			// Boot's builder has done it to a factory of its own
			BuilderAccess.factoryCustomizers(builder).forEach((customizer) -> customizer.accept(factory));
			return factory;
		}
		finally {
			this.lock.unlock();
		}
	}

	private LazyClient announce(Key key, ClientReference<LazyClient> reference) {
		boolean inRequest = Lifetime.current() instanceof OwnedLifetime;
		String name = free(key.name());
		if (inRequest) {
			LOGGER.warn("A pool for client '{}' was created while a request was served: build clients at the start, "
					+ "otherwise no connection is used twice.", name);
		}
		ClientSettings settings = this.resolver.resolve(key.name(), key.boot());
		LazyClient client = new LazyClient(() -> create(name, settings, key, inRequest, reference));
		reference.onCollected(() -> {
			this.clients.remove(key, reference);
			// the name of a pool is that of its meters, until it is closed
			if (this.pools.all().stream().noneMatch((pool) -> pool.stats().client().equals(name))) {
				this.names.remove(name);
			}
		});
		return reference.of(client);
	}

	// clients with equal names and other settings are numbered; a number is used again
	// once
	// its client has gone
	private String free(String name) {
		String free = name;
		for (int number = 2; !this.names.add(free); number++) {
			free = name + "-" + number;
		}
		return free;
	}

	private HttpClient create(String name, ClientSettings settings, Key key, boolean inRequest,
			ClientReference<LazyClient> reference) {
		if (this.closed) {
			throw new IllegalStateException("The application has stopped: client '" + name + "' is closed");
		}
		PoolFactory.Plan plan = new PoolFactory.Plan(name, settings, inRequest);
		return this.factory.bound(key.builder(), (told) -> plan, (pool, user) -> {
			reference.onCollected(() -> this.evictor.retire(pool, () -> remove(pool)));
			add(pool);
		}).build(key.boot()).getHttpClient();
	}

	private void add(BoundedPool pool) {
		this.evictor.add(pool);
		this.pools.add(pool);
	}

	private void remove(BoundedPool pool) {
		this.pools.remove(pool);
		this.names.remove(pool.stats().client());
	}

	/**
	 * Bounds a builder that has to stay what it is: each client that it builds has a pool
	 * of its own.
	 * @param builder the builder of Spring Boot, customized
	 * @return the builder with the bounds
	 */
	HttpComponentsClientHttpRequestFactoryBuilder bound(HttpComponentsClientHttpRequestFactoryBuilder builder) {
		return this.factory.bound(builder, (told) -> new PoolFactory.Plan(free(DEFAULT),
				this.resolver.resolve(DEFAULT, told), Lifetime.current() instanceof OwnedLifetime), this::addSingle);
	}

	private void addSingle(BoundedPool pool, Object user) {
		ClientReference<Object> reference = new ClientReference<>(this.evictor.collected());
		reference.of(user);
		reference.onCollected(() -> this.single.remove(reference));
		reference.onCollected(() -> this.evictor.retire(pool, () -> remove(pool)));
		this.single.add(reference);
		add(pool);
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

}
