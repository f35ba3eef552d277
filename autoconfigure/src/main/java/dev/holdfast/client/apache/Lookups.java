/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client.apache;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import dev.holdfast.client.ClientSettings;
import dev.holdfast.failure.CallPhase;
import dev.holdfast.report.Mode;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.net.InetAddressUtils;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.http.client.FilteredHostException;

/**
 * Resolves names within a limit and refuses forbidden addresses. A lookup of the JDK can
 * neither be bounded nor cancelled: it runs on a thread of its own, one for all callers
 * that want the same name at the same time, and the caller leaves it behind when its time
 * is over.
 */
final class Lookups implements DnsResolver {

	/** Names that may be looked up at the same time. */
	private static final int MAX_THREADS = 32;

	/** Longest wait for a name that a proxy will resolve. */
	private static final long PROXY_WAIT = TimeUnit.MILLISECONDS.toNanos(200);

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
		if (host.getAddress() != null) {
			return allowed(host.getHostName(), List.of(host.getAddress()));
		}
		call.enter(CallPhase.DNS, call.terms().nanos(CallPhase.DNS));
		return allowed(host.getHostName(), lookUp(host.getHostName(), call, Long.MAX_VALUE));
	}

	/**
	 * Refuses a target behind a proxy, as far as it can be told from here: a name that
	 * only the proxy can resolve, or not soon, is the proxy's to judge. Which of several
	 * addresses the proxy will take cannot be known: one that is forbidden forbids all.
	 * @param target the target
	 * @param call the call
	 * @throws IOException if the target must not be called
	 */
	void checkBehindProxy(HttpHost target, Call call) throws IOException {
		if (this.settings.addressMode() == Mode.OFF) {
			return;
		}
		List<InetAddress> addresses = (target.getAddress() != null) ? List.of(target.getAddress())
				: known(target.getHostName(), call);
		if (allowed(target.getHostName(), addresses).size() < addresses.size()) {
			throw new ForbiddenAddressException(target.getHostName());
		}
	}

	// what is known soon: many who need a proxy have no names but their own
	private List<InetAddress> known(String host, Call call) throws IOException {
		call.enter(CallPhase.DNS, Call.NEVER);
		try {
			return lookUp(host, call, PROXY_WAIT);
		}
		catch (UnknownHostException ex) {
			return List.of();
		}
	}

	private static boolean isLiteral(String host) {
		return InetAddressUtils.isIPv4(host) || InetAddressUtils.isIPv6(host);
	}

	private List<InetAddress> lookUp(String host, Call call, long nanos) throws IOException {
		try {
			return answers(host, call, nanos);
		}
		catch (FilteredHostException ex) {
			this.blocked.addFiltered(host);
			throw ex;
		}
	}

	private List<InetAddress> answers(String host, Call call, long nanos) throws IOException {
		if (isLiteral(host)) {
			return List.of(this.resolver.resolve(host));
		}
		String name = host.toLowerCase(Locale.ROOT);
		Lookup lookup = this.running.computeIfAbsent(name, Lookup::new);
		lookup.start();
		// of this call alone: whoever cuts it opens the latch
		CountDownLatch ended = new CountDownLatch(1);
		CompletableFuture<?> told = lookup.found.whenComplete((addresses, failure) -> ended.countDown());
		try {
			// where there is no end the watchdog makes one
			if (!call.await(ended, nanos)) {
				return List.of();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new CallInterruptedException();
		}
		finally {
			told.cancel(false);
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
	 * @param pinned the addresses
	 */
	static void pin(Pinned pinned) {
		PINNED.set(pinned);
	}

	static void unpin() {
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
	public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
		Pinned pinned = PINNED.get();
		if (pinned == null) {
			return this.resolver.resolve(host, port);
		}
		return pinned.addresses().stream().map((address) -> new InetSocketAddress(address, port)).toList();
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
	 * @param connectLimit longest time for all addresses together, in nanoseconds
	 */
	record Pinned(List<InetAddress> addresses, Call call, long connectBefore, long connectLimit) {
	}

	/**
	 * A lookup that several callers may wait for.
	 */
	private final class Lookup implements Runnable {

		private final CompletableFuture<InetAddress[]> found = new CompletableFuture<>();

		private final AtomicBoolean started = new AtomicBoolean();

		private final String host;

		private Lookup(String host) {
			this.host = host;
		}

		private void start() throws UnknownHostException {
			if (!this.started.compareAndSet(false, true)) {
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

		private void end(InetAddress @Nullable [] addresses, @Nullable Throwable thrown) {
			// before anybody is told: who comes now gets a new lookup, not an old answer
			Lookups.this.running.remove(this.host, this);
			if (thrown != null) {
				this.found.completeExceptionally(thrown);
			}
			else {
				this.found.complete((addresses != null) ? addresses : new InetAddress[0]);
			}
		}

		private List<InetAddress> addresses() throws UnknownHostException {
			try {
				InetAddress[] addresses = this.found.join();
				if (addresses.length > 0) {
					return List.of(addresses);
				}
				throw new UnknownHostException(this.host);
			}
			catch (CompletionException ex) {
				Throwable thrown = ex.getCause();
				if (thrown instanceof RuntimeException unchecked) {
					throw unchecked;
				}
				if (thrown instanceof Error error) {
					throw error;
				}
				UnknownHostException unknown = new UnknownHostException(this.host);
				unknown.initCause(thrown);
				throw unknown;
			}
		}

	}

}
