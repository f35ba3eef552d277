/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
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
		Level level = (group != null) ? new Level(group.over(this.properties), group, PREFIX + "groups." + client + ".")
				: new Level(this.properties, null, PREFIX);
		ClientProperties set = level.set();
		return new ClientSettings(mode(set.mode()), limits(client, level, boot), pool(level), retry(level), body(level),
				mode(set.addresses().mode()), addresses(level), Boolean.TRUE.equals(set.priorityHeader()),
				budgetHeader(level));
	}

	private static Mode mode(@Nullable Mode set) {
		return (set != null) ? set : Mode.ENFORCE;
	}

	private static String budgetHeader(Level level) {
		String name = level.set().budgetHeader();
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
		ClientProperties set = level.set();
		ServiceGroups.Timeouts service = this.services.get(client);
		Duration connect = ofService(client, "connect-timeout", service.connectTimeout(), boot.connectTimeout());
		Duration read = ofService(client, "read-timeout", service.readTimeout(), boot.readTimeout());
		return new CallLimits(level.time("lease-timeout", set.leaseTimeout(), seconds(5, 2)),
				level.time("dns-timeout", set.dnsTimeout(), seconds(5, 2)),
				(connect != null) ? connect
						: level.time("connect-timeout", ClientProperties::connectTimeout, boot.connectTimeout(),
								seconds(5, 3)),
				level.time("tls-timeout", set.tlsTimeout(), seconds(10, 10)),
				(read != null) ? read
						: level.time("header-timeout", ClientProperties::headerTimeout, boot.readTimeout(),
								seconds(180, 15)),
				(read != null) ? read
						: level.time("idle-timeout", ClientProperties::idleTimeout, boot.readTimeout(),
								seconds(180, 15)),
				level.time("write-timeout", set.writeTimeout(), seconds(60, 15)),
				level.time("call-timeout", set.callTimeout(), seconds(300, 60)),
				set.callTimeout() != null || this.strict);
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
		ClientProperties set = level.set();
		return new PoolSettings(level.connections("max-connections-per-route", set.maxConnectionsPerRoute()),
				level.connections("max-connections", set.maxConnections()),
				level.time("idle-connection-timeout", set.idleConnectionTimeout(), Duration.ofSeconds(50)),
				level.time("max-connection-age", set.maxConnectionAge(), Duration.ofMinutes(5)),
				level.number("max-requests-per-connection", set.maxRequestsPerConnection(), 1, 1000));
	}

	private static RetrySettings retry(Level level) {
		ClientProperties.Retry retry = level.set().retry();
		Double ratio = retry.budgetRatio();
		if (ratio != null && !(ratio >= 0 && ratio <= 1)) {
			throw level.invalid("retry.budget-ratio", ratio, "It must lie between 0 and 1.");
		}
		return new RetrySettings(mode(retry.mode()), level.number("retry.max-attempts", retry.maxAttempts(), 1, 2),
				(ratio != null) ? ratio : 0.2,
				level.number("retry.budget-min-per-second", retry.budgetMinPerSecond(), 0, 10),
				level.time("retry.max-pause", retry.maxPause(), Duration.ofSeconds(2)));
	}

	private static BodyLimits body(Level level) {
		ClientProperties set = level.set();
		ClientProperties.Drain drain = set.drain();
		return new BodyLimits(level.bytes("drain.max-bytes", drain.maxBytes(), 64L << 10),
				level.time("drain.max-time", drain.maxTime(), Duration.ofMillis(200)),
				level.bytes("max-response-body", set.maxResponseBody(), Long.MAX_VALUE),
				level.bytes("max-error-body", set.maxErrorBody(), 256L << 10),
				level.number("max-inflation", set.maxInflation(), 1, 200));
	}

	private static AddressRules addresses(Level level) {
		List<String> deny = level.set().addresses().deny();
		List<String> allow = level.set().addresses().allow();
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
	 * The settings of a client.
	 *
	 * @param set what is set for it or for all clients
	 * @param group what is set for its group alone, if it has one
	 * @param prefix prefix for messages
	 */
	private record Level(ClientProperties set, @Nullable ClientProperties group, String prefix) {

		Duration time(String key, @Nullable Duration time, Duration otherwise) {
			return (time != null) ? checked(this.prefix + key, time) : otherwise;
		}

		// Boot's own value stands between the group's and that of all clients
		Duration time(String key, Function<ClientProperties, @Nullable Duration> value, @Nullable Duration boot,
				Duration otherwise) {
			boolean ofGroup = this.group != null && value.apply(this.group) != null;
			return time(key, (ofGroup || boot == null) ? value.apply(this.set) : boot, otherwise);
		}

		int number(String key, @Nullable Integer number, int least, int otherwise) {
			if (number != null && number < least) {
				throw invalid(key, number, "It must be at least " + least + ".");
			}
			return (number != null) ? number : otherwise;
		}

		long bytes(String key, @Nullable DataSize size, long otherwise) {
			if (size != null && size.isNegative()) {
				throw invalid(key, size, "It must not be negative.");
			}
			return (size != null) ? size.toBytes() : otherwise;
		}

		int connections(String key, @Nullable String text) {
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
