/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import dev.holdfast.report.Finding;
import dev.holdfast.report.Mode;
import dev.holdfast.report.Profile;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.util.unit.DataSize;

/**
 * Finds what is in force for a client: Boot's settings of its group, ours of its group,
 * Boot's for all, ours for all, the profile's defaults, in this order. A wrong one is
 * refused with its key.
 */
public final class SettingsResolver {

	private static final String PREFIX = "holdfast.client.";

	/** A token, as RFC 9110 has it. */
	private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

	private final ClientProperties properties;

	private final boolean strict;

	private final ServiceGroups services;

	/**
	 * A resolver that has looked at every group.
	 * @param properties what the user has set
	 * @param profile defaults for the rest
	 */
	public SettingsResolver(ClientProperties properties, Profile profile) {
		this(properties, profile, ServiceGroups.NONE);
	}

	/**
	 * A resolver that has looked at every group.
	 * @param properties what the user has set
	 * @param profile defaults for the rest
	 * @param services what the user has set by Boot's keys for single groups
	 */
	SettingsResolver(ClientProperties properties, Profile profile, ServiceGroups services) {
		this.services = services;
		this.properties = properties;
		this.strict = profile == Profile.STRICT;
		// at the start, not at the first call
		resolve("", HttpClientSettings.defaults());
		properties.groups().forEach((name, group) -> {
			if (!group.groups().isEmpty()) {
				throw new InvalidConfigurationPropertyValueException(PREFIX + "groups." + name + ".groups",
						group.groups().keySet(), "A group has no groups of its own.");
			}
			// ours as well, where Boot's goes before it
			resolve(name, HttpClientSettings.defaults());
			resolve(name, services.get(name).settings());
		});
	}

	/**
	 * Mode of all clients without a group of their own.
	 * @return the mode
	 */
	public Mode mode() {
		return resolve("", HttpClientSettings.defaults()).mode();
	}

	/**
	 * What is set and not in force.
	 * @return a finding for each
	 */
	List<Finding> findings() {
		return this.services.findings(this.properties.groups());
	}

	/**
	 * What is in force for a client.
	 * @param client name of the client
	 * @param boot what Boot's properties or the application's code say
	 * @return the settings
	 */
	public ClientSettings resolve(String client, HttpClientSettings boot) {
		ClientProperties group = this.properties.groups().get(client);
		Level level = new Level(this.properties, group, (group != null) ? PREFIX + "groups." + client + "." : PREFIX);
		return new ClientSettings(level.mode(ClientProperties::mode), limits(client, level, boot), pool(level),
				retry(level), body(level), level.mode((properties) -> properties.addresses().mode()), addresses(level),
				Boolean.TRUE.equals(level.get(ClientProperties::priorityHeader)), budgetHeader(level));
	}

	private static String budgetHeader(Level level) {
		String name = level.get(ClientProperties::budgetHeader);
		if (name == null || name.isEmpty()) {
			return "";
		}
		if (!HEADER_NAME.matcher(name).matches()) {
			throw level.invalid("budget-header", name,
					"It must be the name of a header, such as X-Request-Timeout-Ms, or empty for none.");
		}
		return name;
	}

	private CallLimits limits(String client, Level level, HttpClientSettings boot) {
		ServiceGroups.Timeouts service = this.services.get(client);
		Duration read = boot.readTimeout();
		Duration ownConnect = ofService(client, "connect-timeout", service.connectTimeout(), boot.connectTimeout());
		Duration ownRead = ofService(client, "read-timeout", service.readTimeout(), read);
		Duration call = level.get(ClientProperties::callTimeout);
		return new CallLimits(level.time("lease-timeout", ClientProperties::leaseTimeout, null, seconds(5, 2)),
				level.time("dns-timeout", ClientProperties::dnsTimeout, null, seconds(5, 2)),
				(ownConnect != null) ? ownConnect
						: level.time("connect-timeout", ClientProperties::connectTimeout, boot.connectTimeout(),
								seconds(5, 3)),
				level.time("tls-timeout", ClientProperties::tlsTimeout, null, seconds(10, 10)),
				(ownRead != null) ? ownRead
						: level.time("header-timeout", ClientProperties::headerTimeout, read, seconds(180, 15)),
				(ownRead != null) ? ownRead
						: level.time("idle-timeout", ClientProperties::idleTimeout, read, seconds(180, 15)),
				level.time("write-timeout", ClientProperties::writeTimeout, null, seconds(60, 15)),
				level.time("call-timeout", ClientProperties::callTimeout, null, seconds(300, 60)),
				call != null || this.strict);
	}

	// a client without a name is called as the group without one, and is not told the
	// same
	private static @Nullable Duration ofService(String client, String name, @Nullable Duration time,
			@Nullable Duration told) {
		return (time != null && time.equals(told)) ? checked(ServiceGroups.key(client, name), time) : null;
	}

	private static Duration checked(String key, Duration time) {
		if (time.compareTo(CallLimits.SHORTEST) < 0 || time.compareTo(CallLimits.LONGEST) > 0) {
			throw new InvalidConfigurationPropertyValueException(key, time,
					"It must lie between 1ms and 365d; there is no value for 'no limit'.");
		}
		return time;
	}

	private Duration seconds(int compatible, int strict) {
		return Duration.ofSeconds(this.strict ? strict : compatible);
	}

	private PoolSettings pool(Level level) {
		return new PoolSettings(
				level.connections("max-connections-per-route", ClientProperties::maxConnectionsPerRoute),
				level.connections("max-connections", ClientProperties::maxConnections),
				level.time("idle-connection-timeout", ClientProperties::idleConnectionTimeout, null,
						Duration.ofSeconds(50)),
				level.time("max-connection-age", ClientProperties::maxConnectionAge, null, Duration.ofMinutes(5)),
				level.number("max-requests-per-connection", ClientProperties::maxRequestsPerConnection, 1, 1000));
	}

	private static RetrySettings retry(Level level) {
		Double ratio = level.get((properties) -> properties.retry().budgetRatio());
		if (ratio != null && !(ratio >= 0 && ratio <= 1)) {
			throw level.invalid("retry.budget-ratio", ratio, "It must lie between 0 and 1.");
		}
		return new RetrySettings(level.mode((properties) -> properties.retry().mode()),
				level.number("retry.max-attempts", (properties) -> properties.retry().maxAttempts(), 1, 2),
				(ratio != null) ? ratio : 0.2,
				level.number("retry.budget-min-per-second", (properties) -> properties.retry().budgetMinPerSecond(), 0,
						10),
				level.time("retry.max-pause", (properties) -> properties.retry().maxPause(), null,
						Duration.ofSeconds(2)));
	}

	private static BodyLimits body(Level level) {
		return new BodyLimits(level.bytes("drain.max-bytes", (properties) -> properties.drain().maxBytes(), 64L << 10),
				level.time("drain.max-time", (properties) -> properties.drain().maxTime(), null,
						Duration.ofMillis(200)),
				level.bytes("max-response-body", ClientProperties::maxResponseBody, Long.MAX_VALUE),
				level.bytes("max-error-body", ClientProperties::maxErrorBody, 256L << 10),
				level.number("max-inflation", ClientProperties::maxInflation, 1, 200));
	}

	private static AddressRules addresses(Level level) {
		List<String> deny = level.get((properties) -> properties.addresses().deny());
		List<String> allow = level.get((properties) -> properties.addresses().allow());
		try {
			AddressRules.of(null, allow);
		}
		catch (IllegalArgumentException ex) {
			throw level.invalid("addresses.allow", allow, ex.getMessage());
		}
		try {
			return AddressRules.of(deny, allow);
		}
		catch (IllegalArgumentException ex) {
			throw level.invalid("addresses.deny", deny, ex.getMessage());
		}
	}

	/**
	 * A setting that may be unset.
	 *
	 * @param <T> its type
	 */
	@FunctionalInterface
	private interface Key<T> {

		@Nullable T of(ClientProperties properties);

	}

	/**
	 * The settings of all clients, with those of a group before them.
	 *
	 * @param all settings of all clients
	 * @param group settings of the group, if it has any
	 * @param prefix prefix for messages
	 */
	private record Level(ClientProperties all, @Nullable ClientProperties group, String prefix) {

		<T> @Nullable T get(Key<T> key) {
			T own = (this.group != null) ? key.of(this.group) : null;
			return (own != null) ? own : key.of(this.all);
		}

		Mode mode(Key<Mode> key) {
			Mode mode = get(key);
			return (mode != null) ? mode : Mode.ENFORCE;
		}

		// Boot's own value stands between the group's and that of all clients
		Duration time(String key, Key<Duration> value, @Nullable Duration boot, Duration otherwise) {
			List<@Nullable Duration> candidates = new ArrayList<>();
			candidates.add((this.group != null) ? value.of(this.group) : null);
			candidates.add(boot);
			candidates.add(value.of(this.all));
			for (Duration time : candidates) {
				if (time != null) {
					return checked(this.prefix + key, time);
				}
			}
			return otherwise;
		}

		int number(String key, Key<Integer> value, int least, int otherwise) {
			Integer number = get(value);
			if (number != null && number < least) {
				throw invalid(key, number, "It must be at least " + least + ".");
			}
			return (number != null) ? number : otherwise;
		}

		long bytes(String key, Key<DataSize> value, long otherwise) {
			DataSize size = get(value);
			if (size != null && size.isNegative()) {
				throw invalid(key, size, "It must not be negative.");
			}
			return (size != null) ? size.toBytes() : otherwise;
		}

		int connections(String key, Key<String> value) {
			String text = get(value);
			if (text == null || text.equalsIgnoreCase("auto")) {
				return 0;
			}
			if (!text.matches("[1-9][0-9]{0,6}")) {
				throw invalid(key, text, "It must be a whole number of at least 1, or 'auto'.");
			}
			return Integer.parseInt(text);
		}

		InvalidConfigurationPropertyValueException invalid(String key, @Nullable Object value,
				@Nullable String remedy) {
			return new InvalidConfigurationPropertyValueException(this.prefix + key, value, remedy);
		}

	}

}
