/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import dev.holdfast.report.Finding;
import dev.holdfast.report.Mode;
import dev.holdfast.report.Protection;
import dev.holdfast.report.Setting;
import dev.holdfast.report.Severity;

import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * How the outbound clients explain their state: what is in force for a client without a
 * name, and what is not bounded.
 */
final class ClientReport implements Protection {

	private static final String PREFIX = "holdfast.client.";

	private final SettingsResolver resolver;

	private final Pools pools;

	private final Supplier<HttpClientSettings> boot;

	private final Environment environment;

	private final BypassFindings bypasses;

	ClientReport(SettingsResolver resolver, Pools pools, Supplier<HttpClientSettings> boot, Environment environment,
			BypassFindings bypasses) {
		this.resolver = resolver;
		this.pools = pools;
		this.boot = boot;
		this.environment = environment;
		this.bypasses = bypasses;
	}

	@Override
	public String name() {
		return "client";
	}

	@Override
	public Mode mode() {
		return this.pools.isBounding() ? this.resolver.mode() : Mode.OFF;
	}

	@Override
	public List<Setting> settings() {
		ClientSettings settings = this.resolver.resolve("", this.boot.get());
		CallLimits limits = settings.limits();
		PoolSettings pool = settings.pool();
		return List.of(time("call-timeout", limits.call()), time("header-timeout", limits.header()),
				time("idle-timeout", limits.idle()), time("connect-timeout", limits.connect()),
				time("lease-timeout", limits.lease()), time("dns-timeout", limits.dns()),
				time("tls-timeout", limits.tls()), time("write-timeout", limits.write()),
				setting("max-connections-per-route", auto(pool.maxPerRoute(), "the limit of the admission")),
				setting("max-connections", auto(pool.maxTotal(), "twice those to one peer")),
				time("idle-connection-timeout", pool.idle()), time("max-connection-age", pool.maxAge()),
				setting("retry.max-attempts", Integer.toString(settings.retry().maxAttempts())));
	}

	private Setting time(String key, Duration value) {
		return setting(key, value.toMillis() + "ms");
	}

	private static String auto(int number, String meaning) {
		return (number > 0) ? Integer.toString(number) : "auto: " + meaning;
	}

	private Setting setting(String key, String value) {
		boolean own = this.environment.containsProperty(PREFIX + key);
		String bootKey = switch (key) {
			case "connect-timeout" -> "spring.http.clients.connect-timeout";
			case "header-timeout", "idle-timeout" -> "spring.http.clients.read-timeout";
			default -> "";
		};
		boolean boots = !bootKey.isEmpty() && this.environment.containsProperty(bootKey);
		return new Setting(PREFIX + key, value, boots ? bootKey : own ? "properties" : "default of the profile");
	}

	@Override
	public List<Finding> findings() {
		List<Finding> findings = new ArrayList<>(this.pools.findings());
		if (!this.pools.isBounding()) {
			findings.add(standBack());
		}
		if (!this.pools.isAttended()) {
			findings.add(new Finding("client-unattended", Severity.CRITICAL,
					"A thread that enforces limits or closes idle connections has ended.",
					"Restart the application; its log says what ended the thread."));
		}
		this.pools.all()
			.stream()
			.filter(Pool::createdInRequest)
			.forEach((pool) -> findings.add(new Finding("client-created-in-request", Severity.WARNING,
					"The pool of client '" + pool.stats().client() + "' was created while a request was served.",
					"Build the client once, when the application starts.")));
		findings.addAll(this.resolver.findings());
		findings.addAll(this.bypasses.findings());
		return findings;
	}

	private Finding standBack() {
		String factory = this.environment.getProperty("spring.http.clients.imperative.factory");
		if (this.resolver.mode() == Mode.OFF) {
			return new Finding("client-off", Severity.INFO, "Outbound calls are not bounded.",
					"Remove holdfast.client.mode=off.");
		}
		if (factory != null) {
			return new Finding("client-other-library", Severity.WARNING,
					"spring.http.clients.imperative.factory=" + factory + ": calls are bounded as far as that library "
							+ "can, by spring.http.clients.connect-timeout and read-timeout.",
					"Remove the property, or set both time-outs.");
		}
		if (!ClassUtils.isPresent("org.apache.hc.client5.http.impl.classic.HttpClients", null)) {
			return new Finding("client-no-library", Severity.WARNING,
					"Apache HttpClient 5 is not on the class path: calls are not bounded.",
					"Add org.apache.httpcomponents.client5:httpclient5.");
		}
		return new Finding("client-own-builder", Severity.WARNING,
				"The application has a ClientHttpRequestFactoryBuilder of its own: its calls are not bounded.",
				"Use ClientHttpRequestFactoryBuilder.httpComponents(), or Spring Boot's own bean.");
	}

}
