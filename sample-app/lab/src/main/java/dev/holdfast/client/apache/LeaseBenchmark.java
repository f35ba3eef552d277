/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.holdfast.client.ClientProperties;
import dev.holdfast.client.ClientSettings;
import dev.holdfast.client.ClientStats;
import dev.holdfast.client.SettingsResolver;
import dev.holdfast.leak.CallSites;
import dev.holdfast.leak.Stacks;
import dev.holdfast.lifetime.Ticker;
import dev.holdfast.report.Profile;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.http.client.HttpClientSettings;

/**
 * A lease and its release with an open connection, without any network: what it costs to
 * know who holds it, since when and in which phase. In the package of the client, whose
 * types are hidden.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LeaseBenchmark {

	private static final Timeout LEASE = Timeout.ofSeconds(5);

	private static final TimeValue KEEP = TimeValue.ofMinutes(3);

	private final HttpRoute route = new HttpRoute(new HttpHost("http", "localhost", 8080));

	private final PoolingHttpClientConnectionManager manager = manager();

	private final Watchdog watchdog = new Watchdog(() -> {
	});

	private final BoundedPool pool = pool();

	private final BodyEntity body = body();

	private static PoolingHttpClientConnectionManager manager() {
		Map<String, Object> answers = Map.of("isOpen", true, "isConsistent", true, "isStale", false);
		return PoolingHttpClientConnectionManagerBuilder.create()
			.setConnectionFactory((socket) -> (ManagedHttpClientConnection) Proxy.newProxyInstance(
					LeaseBenchmark.class.getClassLoader(), new Class<?>[] { ManagedHttpClientConnection.class },
					(proxy, method, arguments) -> answers.get(method.getName())))
			.build();
	}

	private BoundedPool pool() {
		ClientProperties properties = new Binder().bindOrCreate("holdfast.client", ClientProperties.class);
		ClientSettings settings = new SettingsResolver(properties, Profile.COMPATIBLE).resolve("",
				HttpClientSettings.defaults());
		ClientStats stats = new ClientStats("bench");
		Lookups lookups = new Lookups(SystemDefaultDnsResolver.INSTANCE, settings,
				new BlockedLog(stats, settings.addressMode(), Ticker.system()));
		return new BoundedPool(settings, stats, manager(), lookups, new Ages(null, settings.pool()), this.watchdog,
				AttemptObserver.NONE, new CallSites(Stacks.ADAPTIVE), false);
	}

	private BodyEntity body() {
		ClassicHttpResponse response = new BasicClassicHttpResponse(200);
		response.setEntity(new InputStreamEntity(InputStream.nullInputStream(), ContentType.TEXT_PLAIN));
		ExecRuntime nothing = (ExecRuntime) Proxy.newProxyInstance(LeaseBenchmark.class.getClassLoader(),
				new Class<?>[] { ExecRuntime.class }, (proxy, method, arguments) -> null);
		BodyEntity.bound(response, this.pool.begin("GET"), nothing);
		return (BodyEntity) response.getEntity();
	}

	@TearDown
	public void close() {
		this.watchdog.close();
	}

	@Benchmark
	public ConnectionEndpoint plain() throws Exception {
		return lease(this.manager);
	}

	@Benchmark
	public ConnectionEndpoint tracked() throws Exception {
		Call call = this.pool.begin("GET");
		call.limit().set(Duration.ofMinutes(5), false);
		call.route().plan(this.route);
		this.pool.watch(call);
		Call before = CurrentCall.replace(call);
		try {
			ConnectionEndpoint endpoint = lease(this.pool.connections());
			call.bodyOpened(this.body);
			call.returned();
			return endpoint;
		}
		finally {
			CurrentCall.replace(before);
			call.finish();
		}
	}

	private ConnectionEndpoint lease(HttpClientConnectionManager connections) throws Exception {
		ConnectionEndpoint endpoint = connections.lease("bench", this.route, LEASE, null).get(LEASE);
		connections.release(endpoint, null, KEEP);
		return endpoint;
	}

}
