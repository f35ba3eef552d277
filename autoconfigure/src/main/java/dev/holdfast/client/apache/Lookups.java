/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import dev.holdfast.client.ClientSettings;
import dev.holdfast.failure.CallPhase;
import dev.holdfast.report.Mode;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.net.InetAddressUtils;
import org.jspecify.annotations.Nullable;

/**
 * Resolves names within a limit and refuses forbidden addresses. A lookup of the JDK can
 * neither be bounded nor cancelled: it runs on a thread of its own, one for all callers
 * that want the same name at the same time, and the caller leaves it behind when its time
 * is over.
 */
final class Lookups implements DnsResolver {

	/** Names that may be looked up at the same time. */
	private static final int MAX_THREADS = 32;

	private static final AtomicInteger NUMBER = new AtomicInteger();

	private static final ThreadLocal<@Nullable Pinned> PINNED = new ThreadLocal<>();

	private final DnsResolver resolver;

	private final ClientSettings settings;

	private final BlockedLog blocked;

	private final Map<String, Lookup> running = new ConcurrentHashMap<>();

	private final ExecutorService threads;

	Lookups(DnsResolver resolver, ClientSettings settings, BlockedLog blocked) {
		this.resolver = resolver;
		this.settings = settings;
		this.blocked = blocked;
		this.threads = new ThreadPoolExecutor(0, MAX_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(),
				(task) -> {
					Thread thread = new Thread(task, "holdfast-client-dns-" + NUMBER.incrementAndGet());
					thread.setDaemon(true);
					return thread;
				});
	}

	List<InetAddress> resolve(HttpHost host, Call call) throws IOException {
		return allowed(host.getHostName(), addresses(host, call));
	}

	/**
	 * Refuses a target behind a proxy, as far as it can be told from here: a name that
	 * only the proxy can resolve is the proxy's to judge. Which of several addresses the
	 * proxy will take cannot be known: one that is forbidden forbids all.
	 * @param target the target
	 * @param call the call
	 * @throws IOException if the target is a forbidden address
	 */
	void checkBehindProxy(HttpHost target, Call call) throws IOException {
		if (this.settings.addressMode() == Mode.OFF) {
			return;
		}
		List<InetAddress> addresses;
		try {
			addresses = addresses(target, call);
		}
		catch (UnknownHostException ex) {
			// not known here
			return;
		}
		if (allowed(target.getHostName(), addresses).size() < addresses.size()) {
			throw new ForbiddenAddressException(target.getHostName());
		}
	}

	private List<InetAddress> addresses(HttpHost host, Call call) throws IOException {
		if (host.getAddress() != null) {
			return List.of(host.getAddress());
		}
		call.enter(CallPhase.DNS, this.settings.limits().dns().toNanos());
		return lookUp(host.getHostName(), call);
	}

	private List<InetAddress> lookUp(String host, Call call) throws IOException {
		if (InetAddressUtils.isIPv4(host) || InetAddressUtils.isIPv6(host)) {
			return List.of(this.resolver.resolve(host));
		}
		String name = host.toLowerCase(Locale.ROOT);
		Lookup lookup = this.running.computeIfAbsent(name, Lookup::new);
		lookup.start();
		try {
			// the watchdog ends the wait
			call.await(lookup.done, Long.MAX_VALUE);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new CallInterruptedException();
		}
		return lookup.addresses();
	}

	private List<InetAddress> allowed(String host, List<InetAddress> addresses) throws ForbiddenAddressException {
		if (this.settings.addressMode() == Mode.OFF) {
			return addresses;
		}
		List<InetAddress> allowed = addresses.stream().filter(this.settings.addresses()::isAllowed).toList();
		if (allowed.size() == addresses.size()) {
			return addresses;
		}
		this.blocked.add(host, addresses);
		if (this.settings.addressMode() == Mode.OBSERVE) {
			return addresses;
		}
		if (allowed.isEmpty()) {
			throw new ForbiddenAddressException(host);
		}
		return allowed;
	}

	/**
	 * Sets the addresses that the connection manager will be told on this thread: exactly
	 * those that were looked at, so that a second lookup cannot say something else.
	 * @param addresses the addresses
	 * @param call the call
	 * @param connectBefore what the call had spent on connecting before
	 */
	void pin(List<InetAddress> addresses, Call call, long connectBefore) {
		PINNED.set(new Pinned(addresses, call, connectBefore));
	}

	void unpin() {
		PINNED.remove();
	}

	static @Nullable Pinned pinned() {
		return PINNED.get();
	}

	@Override
	public InetAddress[] resolve(String host) throws UnknownHostException {
		Pinned pinned = PINNED.get();
		return (pinned != null) ? pinned.addresses().toArray(InetAddress[]::new) : this.resolver.resolve(host);
	}

	@Override
	public String resolveCanonicalHostname(String host) throws UnknownHostException {
		return this.resolver.resolveCanonicalHostname(host);
	}

	void close() {
		this.threads.shutdownNow();
	}

	/**
	 * What is being connected to on a thread.
	 *
	 * @param addresses the addresses
	 * @param call the call
	 * @param connectBefore what the call had spent on connecting before, in nanoseconds
	 */
	record Pinned(List<InetAddress> addresses, Call call, long connectBefore) {
	}

	/**
	 * A lookup that several callers may wait for.
	 */
	private final class Lookup implements Runnable {

		private final CountDownLatch done = new CountDownLatch(1);

		private final String host;

		private final AtomicInteger started = new AtomicInteger();

		private volatile InetAddress @Nullable [] addresses;

		private volatile @Nullable Throwable failure;

		private Lookup(String host) {
			this.host = host;
		}

		private void start() throws IOException {
			if (this.started.getAndIncrement() > 0) {
				return;
			}
			try {
				Lookups.this.threads.execute(this);
			}
			catch (RejectedExecutionException ex) {
				UnknownHostException busy = new UnknownHostException(
						this.host + ": " + MAX_THREADS + " names are being looked up already, without an answer");
				end(null, busy);
				throw busy;
			}
		}

		@Override
		public void run() {
			try {
				end(Lookups.this.resolver.resolve(this.host), null);
			}
			catch (Throwable ex) {
				end(null, ex);
			}
		}

		private void end(InetAddress @Nullable [] found, @Nullable Throwable thrown) {
			this.addresses = found;
			this.failure = thrown;
			// before anybody is told: who comes now gets a new lookup, not an old answer
			Lookups.this.running.remove(this.host, this);
			this.done.countDown();
		}

		private List<InetAddress> addresses() throws IOException {
			Throwable thrown = this.failure;
			if (thrown instanceof RuntimeException unchecked) {
				throw unchecked;
			}
			if (thrown instanceof Error error) {
				throw error;
			}
			InetAddress[] found = this.addresses;
			if (found == null || found.length == 0) {
				UnknownHostException unknown = new UnknownHostException(this.host);
				if (thrown != null) {
					unknown.initCause(thrown);
				}
				throw unknown;
			}
			return List.of(found);
		}

	}

}
