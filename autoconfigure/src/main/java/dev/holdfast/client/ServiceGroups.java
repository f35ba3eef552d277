/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.holdfast.report.Finding;
import dev.holdfast.report.Severity;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.http.client.HttpClientSettings;

/**
 * Time-outs that Boot's own keys set for HTTP service groups. They go before ours of the
 * same group, and what has no effect for that reason is told.
 */
final class ServiceGroups {

	static final ServiceGroups NONE = new ServiceGroups(Map.of());

	private static final String PREFIX = "spring.http.serviceclient";

	private static final String OURS = "holdfast.client.groups.";

	private final Map<String, Timeouts> timeouts;

	private ServiceGroups(Map<String, Timeouts> timeouts) {
		this.timeouts = timeouts;
	}

	static ServiceGroups of(Binder binder) {
		return new ServiceGroups(binder.bind(PREFIX, Bindable.mapOf(String.class, Timeouts.class)).orElseGet(Map::of));
	}

	/**
	 * What is set for a group.
	 * @param group its name
	 * @return its time-outs
	 */
	Timeouts get(String group) {
		return this.timeouts.getOrDefault(group, Timeouts.UNSET);
	}

	static String key(String group, String name) {
		return PREFIX + "." + group + "." + name;
	}

	/**
	 * What is set twice for one group, and differs.
	 * @param ours our settings of all groups
	 * @return a finding for each of ours that is not in force
	 */
	List<Finding> findings(Map<String, ClientProperties> ours) {
		List<Finding> findings = new ArrayList<>();
		ours.forEach((group, properties) -> {
			Timeouts boot = get(group);
			add(findings, group, "connect-timeout", properties.connectTimeout(), "connect-timeout",
					boot.connectTimeout());
			add(findings, group, "header-timeout", properties.headerTimeout(), "read-timeout", boot.readTimeout());
			add(findings, group, "idle-timeout", properties.idleTimeout(), "read-timeout", boot.readTimeout());
		});
		return findings;
	}

	private static void add(List<Finding> findings, String group, String ourName, @Nullable Duration our,
			String bootName, @Nullable Duration boot) {
		if (our != null && boot != null && !our.equals(boot)) {
			findings.add(new Finding(
					"client-group-set-twice", Severity.WARNING, OURS + group + "." + ourName + "=" + our.toMillis()
							+ "ms is not in force: " + key(group, bootName) + "=" + boot.toMillis() + "ms wins.",
					"Remove one of the two."));
		}
	}

	/**
	 * Time-outs of a group.
	 *
	 * @param connectTimeout for opening a connection
	 * @param readTimeout for each read
	 */
	record Timeouts(@Nullable Duration connectTimeout, @Nullable Duration readTimeout) {

		static final Timeouts UNSET = new Timeouts(null, null);

		HttpClientSettings settings() {
			return HttpClientSettings.defaults()
				.withConnectTimeout(this.connectTimeout)
				.withReadTimeout(this.readTimeout);
		}

	}

}
