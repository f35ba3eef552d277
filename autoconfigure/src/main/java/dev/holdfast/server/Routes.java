/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.server;

import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.holdfast.concurrency.LaneSettings;
import dev.holdfast.inflight.EndRules;
import dev.holdfast.server.RoutesProperties.Route;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/**
 * The configured routes, the most specific first.
 */
final class Routes {

	/**
	 * Paths are matched as the container hands them on: decoded and normalised. Decoding
	 * them a second time would match what no handler matches.
	 */
	private static final PathContainer.Options DECODED = PathContainer.Options.create('/', false);

	private static final Set<String> METHODS = Arrays.stream(HttpMethod.values())
		.map(HttpMethod::name)
		.collect(Collectors.toUnmodifiableSet());

	private static final Duration LONGEST_DEADLINE = Duration.ofDays(1);

	private static final PathPatternParser PARSER = parser();

	private final List<Entry> entries;

	private final Map<String, LaneSettings> lanes;

	private final Map<String, EndRules> rules;

	private Routes(List<Entry> entries, Map<String, LaneSettings> lanes, Map<String, EndRules> rules) {
		this.entries = entries;
		this.lanes = lanes;
		this.rules = rules;
	}

	private static PathPatternParser parser() {
		PathPatternParser parser = new PathPatternParser();
		parser.setPathOptions(DECODED);
		return parser;
	}

	/**
	 * Reads the routes.
	 * @param properties settings of the routes
	 * @return the routes
	 * @throws InvalidConfigurationPropertyValueException for a value that makes no sense
	 */
	static Routes of(RoutesProperties properties) {
		Map<String, LaneSettings> lanes = new LinkedHashMap<>();
		Map<String, EndRules> rules = new HashMap<>();
		properties.routes().forEach((name, route) -> {
			if (route.limit() != null && route.limit() < 1) {
				throw invalid(name, "limit", route.limit(), "It must be at least 1.");
			}
			checkDeadline(name, route);
			lanes.put(name, new LaneSettings(route.limit(), route.priority(), route.mode()));
			rules.put(name, new EndRules(route.cancel(), route.interrupt()));
		});
		List<Entry> entries = properties.routes()
			.entrySet()
			.stream()
			.map((entry) -> entry(entry.getKey(), entry.getValue()))
			.sorted(Comparator.comparing(Entry::pattern).thenComparing((entry) -> entry.methods().isEmpty()))
			.toList();
		return new Routes(entries, lanes, rules);
	}

	private static void checkDeadline(String name, Route route) {
		Duration deadline = route.deadline();
		if (deadline != null && (deadline.toMillis() < 1 || deadline.compareTo(LONGEST_DEADLINE) > 0)) {
			throw invalid(name, "deadline", deadline,
					"It must lie between 1ms and 1d: streaming=true sets no deadline.");
		}
		if (deadline != null && route.streaming()) {
			throw invalid(name, "deadline", deadline, "It has no effect with streaming=true: remove one of the two.");
		}
	}

	private static Entry entry(String name, Route route) {
		Set<String> methods = route.methods()
			.stream()
			.map((method) -> method.trim().toUpperCase(Locale.ROOT))
			.collect(Collectors.toUnmodifiableSet());
		methods.stream().filter((method) -> !METHODS.contains(method)).findFirst().ifPresent((method) -> {
			throw invalid(name, "methods", method, "It must be one of " + METHODS.stream().sorted().toList() + ".");
		});
		return new Entry(name, parse("holdfast.routes." + name + ".pattern", route.pattern()), methods);
	}

	/**
	 * Parses a path pattern.
	 * @param key key that the pattern was set by
	 * @param pattern the pattern
	 * @return the parsed pattern
	 * @throws InvalidConfigurationPropertyValueException for a pattern that is none
	 */
	static PathPattern parse(String key, @Nullable String pattern) {
		if (pattern == null || !pattern.startsWith("/")) {
			throw new InvalidConfigurationPropertyValueException(key, pattern,
					"It must be a path pattern that begins with '/', such as '/orders/{id}' or '/export/**'.");
		}
		try {
			return PARSER.parse(pattern);
		}
		catch (PatternParseException ex) {
			throw new InvalidConfigurationPropertyValueException(key, pattern,
					"It must be a path pattern: " + ex.getMessage() + ".", ex);
		}
	}

	/**
	 * Prepares a decoded path for matching.
	 * @param path path as the container hands it on
	 * @return the path for {@link PathPattern#matches}
	 */
	static PathContainer container(String path) {
		return PathContainer.parsePath(path, DECODED);
	}

	private static InvalidConfigurationPropertyValueException invalid(String name, String key, @Nullable Object value,
			String remedy) {
		return new InvalidConfigurationPropertyValueException("holdfast.routes." + name + "." + key, value, remedy);
	}

	Map<String, LaneSettings> lanes() {
		return this.lanes;
	}

	EndRules endRules(String name) {
		return this.rules.getOrDefault(name, EndRules.NONE);
	}

	boolean isEmpty() {
		return this.entries.isEmpty();
	}

	/**
	 * Finds the route of a request.
	 * @param method method of the request
	 * @param path prepared path of the request
	 * @return the most specific route that matches, or {@code null}
	 */
	@Nullable Entry match(String method, PathContainer path) {
		for (Entry entry : this.entries) {
			if ((entry.methods().isEmpty() || entry.methods().contains(method)) && entry.pattern().matches(path)) {
				return entry;
			}
		}
		return null;
	}

	/**
	 * One route.
	 *
	 * @param name name of the route
	 * @param pattern pattern of its paths
	 * @param methods methods, empty for all
	 */
	record Entry(String name, PathPattern pattern, Set<String> methods) {
	}

}
