/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the JVM's proxy selector is asked.
 */
@Tag("B1")
class SystemProxiesTests {

	private static final HttpHost DIRECT = new HttpHost("http", "direct.test", 80);

	private static final HttpHost OTHER = new HttpHost("http", "other.test", 80);

	private static final ProxySelector JDK = Objects.requireNonNull(ProxySelector.getDefault());

	private final Counting selector = new Counting(JDK);

	@AfterEach
	void clear() {
		System.clearProperty("http.proxyHost");
		System.clearProperty("http.proxyPort");
		System.clearProperty("http.nonProxyHosts");
	}

	@Test
	void theSelectorOfTheJdkIsAskedOnceForADirectHost() throws HttpException {
		SystemProxies proxies = jdk();
		for (int i = 0; i < 3; i++) {
			assertThat(proxy(proxies, DIRECT)).isNull();
		}
		assertThat(this.selector.asked).containsExactly(URI.create("http://direct.test:80"));
		assertThat(proxy(proxies, OTHER)).isNull();
		assertThat(proxy(proxies, new HttpHost("http", "direct.test", 8080))).isNull();
		assertThat(this.selector.asked).hasSize(3);
	}

	@Test
	void aPropertyThatIsSetLaterIsHonoured() throws HttpException {
		SystemProxies proxies = jdk();
		assertThat(proxy(proxies, DIRECT)).isNull();
		System.setProperty("http.proxyHost", "proxy.test");
		System.setProperty("http.proxyPort", "3128");
		assertThat(proxy(proxies, DIRECT)).isEqualTo(new HttpHost("http", "proxy.test", 3128));
		assertThat(proxy(proxies, DIRECT)).isEqualTo(new HttpHost("http", "proxy.test", 3128));
		assertThat(this.selector.asked).hasSize(3);
		System.clearProperty("http.proxyHost");
		assertThat(proxy(proxies, DIRECT)).isNull();
	}

	@Test
	void hostsWithoutAProxyAreHonoured() throws HttpException {
		SystemProxies proxies = jdk();
		System.setProperty("http.proxyHost", "proxy.test");
		System.setProperty("http.nonProxyHosts", "direct.test");
		assertThat(proxy(proxies, DIRECT)).isNull();
		assertThat(proxy(proxies, OTHER)).isEqualTo(new HttpHost("http", "proxy.test", 80));
		System.setProperty("http.nonProxyHosts", "other.test");
		// direct is what it was, not what it is
		assertThat(proxy(proxies, DIRECT)).isEqualTo(new HttpHost("http", "proxy.test", 80));
		assertThat(proxy(proxies, OTHER)).isNull();
	}

	@Test
	void anotherSelectorIsAskedEachTime() throws HttpException {
		SystemProxies proxies = new SystemProxies(this.selector);
		for (int i = 0; i < 3; i++) {
			assertThat(proxy(proxies, DIRECT)).isNull();
		}
		assertThat(this.selector.asked).hasSize(3);
	}

	/**
	 * One that has the JDK's selector, and asks it through the one that counts.
	 */
	private SystemProxies jdk() {
		assertThat(JDK.getClass().getName()).isEqualTo("sun.net.spi.DefaultProxySelector");
		SystemProxies proxies = new SystemProxies(JDK);
		ReflectionTestUtils.setField(proxies, SystemDefaultRoutePlanner.class, "proxySelector", this.selector,
				ProxySelector.class);
		return proxies;
	}

	private static @Nullable HttpHost proxy(SystemProxies proxies, HttpHost target) throws HttpException {
		return proxies.determineProxy(target, HttpClientContext.create());
	}

	/**
	 * Counts what it is asked.
	 */
	private static final class Counting extends ProxySelector {

		private final ProxySelector inner;

		private final List<URI> asked = new ArrayList<>();

		private Counting(ProxySelector inner) {
			this.inner = inner;
		}

		@Override
		public List<Proxy> select(URI uri) {
			this.asked.add(uri);
			return this.inner.select(uri);
		}

		@Override
		public void connectFailed(URI uri, SocketAddress address, IOException failure) {
			this.inner.connectFailed(uri, address, failure);
		}

	}

}
